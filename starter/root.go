package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/cluster"
	"rogatory/internal/experiment"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// Exit codes.
const (
	exitDone     = 0
	exitNegative = 1 // it ran, and the result is negative; or it was stopped, or failed
	exitBadInput = 2
)

// badInput is an error that the user mends by giving something else.
type badInput struct{ error }

func (e badInput) Unwrap() error { return e.error }

// badInputf makes one. The message says what is wrong, where, and what to do.
func badInputf(format string, args ...any) error { return badInput{fmt.Errorf(format, args...)} }

// errNegative ends a command that ran and whose result, already printed, is negative.
var errNegative = errors.New("negative result")

// program is one call of the command line.
type program struct {
	in       io.Reader
	out, err io.Writer
	logLevel string
	logger   *zap.Logger // nil: silent
}

// run is the whole program; tests call it as main does.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{in: stdin, out: stdout, err: stderr}
	root := p.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if p.logger != nil {
		_ = p.logger.Sync() // standard error cannot be synced on every system
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNegative):
		return exitNegative
	}
	_, _ = fmt.Fprintf(stderr, "rogatory: %s\n", strings.TrimRight(detail(err), "\n")) // nowhere is left to report to
	if errors.As(err, new(badInput)) || errors.Is(err, verify.ErrNoLog) {
		return exitBadInput
	}
	return exitNegative
}

// detail writes an error with the lines of the files it is about, where it knows them.
func detail(err error) string {
	text := err.Error()
	if faults := (scenario.Faults)(nil); errors.As(err, &faults) {
		text = strings.Replace(text, faults.Error(), faults.Detail(), 1)
	}
	if faults := (experiment.Faults)(nil); errors.As(err, &faults) {
		text = strings.Replace(text, faults.Error(), faults.Detail(), 1)
	}
	if faults := (policies.Faults)(nil); errors.As(err, &faults) {
		lines := make([]string, len(faults))
		for i, f := range faults {
			lines[i] = f.Detail()
		}
		text = strings.Replace(text, faults.Error(), strings.Join(lines, "\n"), 1)
	}
	return text
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "rogatory",
		Short: "Runs requests for mutual legal assistance, and shows what oversight can see of them",
		Long: `Rogatory runs requests for mutual legal assistance as Temporal workflows, with the law as data, every step on a
tamper-evident log, and a figure for each oversight gap that critics describe. States and cases are fictional.`,
		Example: `  go run ./starter demo
  go run ./starter run g29 --regime budapest
  go run ./starter assess g29 --regime uncc`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE:          choose,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if p.logLevel == "" {
				return nil
			}
			logger, err := cluster.NewLogger(p.err, p.logLevel)
			if err != nil {
				return badInputf("--log-level: %w", err)
			}
			p.logger = logger
			return nil
		},
	}
	root.PersistentFlags().StringVar(&p.logLevel, "log-level", "",
		"write the program's own log to standard error: "+strings.Join(cluster.Levels, ", "))
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return badInputf("%w; see %s --help", err, c.CommandPath())
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(p.demo(), p.run(), p.assess(), p.compare(), p.gaps(), p.train(), p.measure(), p.experiment(), p.audit(), p.policies())
	return root
}

// choose stands for a command that only holds others.
func choose(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	known := []string{}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			known = append(known, sub.Name())
		}
	}
	c.SuggestionsMinimumDistance = 2
	if s := c.SuggestionsFor(args[0]); len(s) > 0 {
		return badInputf("%s has no command %q; did you mean %s?", c.CommandPath(), args[0], strings.Join(s, " or "))
	}
	return badInputf("%s has no command %q; there are %s", c.CommandPath(), args[0], strings.Join(known, ", "))
}

// exactly takes a number of arguments, named as in the command's use line.
func exactly(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return badInputf("%s takes %d argument(s), got %d: %s", c.CommandPath(), n, len(args), c.UseLine())
		}
		return nil
	}
}

// between takes from least to most arguments.
func between(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return badInputf("%s takes %d to %d arguments, got %d: %s", c.CommandPath(), least, most, len(args), c.UseLine())
		}
		return nil
	}
}

// atLeast takes so many arguments or more.
func atLeast(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < n {
			return badInputf("%s takes at least %d argument(s), got %d: %s", c.CommandPath(), n, len(args), c.UseLine())
		}
		return nil
	}
}

// atMost takes up to a number of arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return badInputf("%s takes at most %d argument(s), got %d: %s", c.CommandPath(), n, len(args), c.UseLine())
		}
		return nil
	}
}

// log is the logger for those who need one.
func (p *program) log() *zap.Logger {
	if p.logger == nil {
		return zap.NewNop()
	}
	return p.logger
}

// jsonFlag offers --json.
func jsonFlag(c *cobra.Command, to *bool) {
	c.Flags().BoolVar(to, "json", false, "print one JSON object")
}

// written is something that can be told to a reader.
type written interface {
	Terminal(w io.Writer, s report.Style) error
}

// print tells a result to a reader or to a program.
func (p *program) print(v written, asJSON bool) error {
	if asJSON {
		return report.JSON(p.out, v)
	}
	return v.Terminal(p.out, styleOf(p.out))
}
