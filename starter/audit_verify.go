package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

func (p *program) auditVerify() *cobra.Command {
	var o verification
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that logs are whole, from their published bytes alone",
		Long: `Checks every log below a directory: signatures, root, every tile, every leaf, every sealed body. The directory may be a
run's, one that holds several runs, a directory of logs, or one log. Exits 0 where all are whole, 1 where one is not, and 2
where there is no log.

A log alone cannot show that it was not cut back or written anew. Keep its checkpoint with --save and give it another time
with --since; hold it against a second copy with --copy; or ask with --policy that witnesses have cosigned it (C2SP
tlog-policy). With --as, what is addressed to those roles must open with their keys.`,
		Example: `  go run ./starter audit verify out/demo
  go run ./starter audit verify out/demo/uncc/logs/alder --json
  go run ./starter audit verify out/demo/uncc --save seen
  go run ./starter audit verify out/demo/uncc --since seen --policy policy.txt --as auditor`,
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			v, err := o.verified(c.Context(), args[0])
			if err != nil {
				return err
			}
			if err := p.print(v, asJSON); err != nil {
				return err
			}
			if !v.Whole {
				return errNegative
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&o.key, "key", "", "the log's key as you had it from elsewhere: a file like log.vkey, or its line")
	f.StringVar(&o.policy, "policy", "", "a file that says whose cosignatures are needed (C2SP tlog-policy)")
	f.StringVar(&o.since, "since", "", "checkpoints saved earlier: the logs must have kept all that they cover")
	f.StringVar(&o.save, "save", "", "write the checkpoints to this file, where all is whole")
	f.StringVar(&o.copied, "copy", "", "another copy of the same logs: one must be the beginning of the other")
	f.StringArrayVar(&o.as, "as", nil, "whose keys must open what is addressed to them: ROLE, ROLE@STATE or full")
	f.StringVar(&o.keys, "keys", "", "directory of keys, one directory per State, instead of the run's own")
	jsonFlag(c, &asJSON)
	return c
}

// verification is how logs are to be checked, as the user said it.
type verification struct {
	key, policy, since, save, copied, keys string
	as                                     []string
}

// verified checks every log below a directory.
func (v verification) verified(ctx context.Context, dir string) (*report.Verification, error) {
	logs, err := logsBelow(dir)
	if err != nil {
		return nil, err
	}
	common, since, who, err := v.options()
	if err != nil {
		return nil, err
	}
	copies, err := v.copies(dir, logs)
	if err != nil {
		return nil, err
	}
	out := &report.Verification{Dir: filepath.ToSlash(dir), Whole: true, Caveat: report.Caveat}
	var checkpoints [][]byte
	for _, at := range logs {
		o := common
		if o.Keys, err = v.rolesFor(at, who); err != nil {
			return nil, err
		}
		o.Since = since[originOf(at)]
		delete(since, originOf(at))
		r, err := check(ctx, at, copies[at], o)
		if err != nil {
			return nil, badInputf("check %s: %w", at, err)
		}
		checkpoints = append(checkpoints, r.Checkpoint)
		out.Logs = append(out.Logs, checkedLog(at, r))
		out.Whole = out.Whole && r.OK()
	}
	if !isLog(dir) { // one log was asked for, whatever else was saved
		for origin := range since {
			out.Whole = false
			out.Logs = append(out.Logs, report.CheckedLog{Dir: out.Dir, Origin: origin, Cosigned: cosigned(nil), Findings: []report.Finding{{
				File: "checkpoint", What: fmt.Sprintf("the log of %s is in %s and not here: it was dropped, or the directory is another", origin, v.since),
			}}})
		}
	}
	if v.save != "" && out.Whole {
		if err := writeWhole("--save", v.save, func(w io.Writer) error {
			_, err := w.Write(verify.JoinCheckpoints(checkpoints))
			return err
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// check checks one log, against a copy if there is one.
func check(ctx context.Context, at, copied string, o verify.Options) (verify.Report, error) {
	if copied != "" {
		return verify.Compare(ctx, at, copied, o)
	}
	return verify.Check(ctx, at, o)
}

// options reads the files that the user names.
func (v verification) options() (o verify.Options, since map[string][]byte, who clearance, err error) {
	if o.VerifierKey, err = readVerifierKey(v.key); err != nil {
		return o, nil, nil, err
	}
	if o.Policy, err = readPolicy(v.policy); err != nil {
		return o, nil, nil, err
	}
	if v.since != "" {
		raw, err := readSmall(v.since)
		if err == nil {
			since, err = verify.SplitCheckpoints(raw)
		}
		if err != nil {
			return o, nil, nil, badInputf("--since %s: %w", v.since, err)
		}
	}
	if len(v.as) > 0 {
		if who, err = parseClearance(v.as); err != nil {
			return o, nil, nil, err
		}
	}
	return o, since, who, nil
}

// readVerifierKey takes a log's key in so many words, or the name of a file that holds it.
func readVerifierKey(key string) (string, error) {
	if key == "" || strings.Count(key, "+") >= 2 {
		return key, nil
	}
	raw, err := readSmall(key)
	if err != nil {
		return "", badInputf("--key: %w; give a file like log.vkey, or its line", err)
	}
	return strings.TrimSpace(string(raw)), nil
}

// largest is more than any key, policy, proof or list of checkpoints has, in bytes.
const largest = 16 << 20

// readSmall reads a file that an auditor was handed, which may be anything.
func readSmall(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if len(raw) > largest {
		return nil, fmt.Errorf("%s has more than %d bytes", name, largest)
	}
	return raw, nil
}

func readPolicy(name string) (*verify.Policy, error) {
	if name == "" {
		return nil, nil
	}
	raw, err := readSmall(name)
	if err != nil {
		return nil, badInputf("--policy: %w", err)
	}
	p, err := verify.ParsePolicy(raw)
	if err != nil {
		return nil, badInputf("--policy %s: %w", name, err)
	}
	return p, nil
}

// copies finds for each log below a directory its other copy: at the same place below the other.
func (v verification) copies(dir string, logs []string) (map[string]string, error) {
	if v.copied == "" {
		return nil, nil
	}
	others, err := logsBelow(v.copied)
	if err != nil {
		return nil, badInputf("--copy: %w", err)
	}
	out := map[string]string{}
	for _, at := range logs {
		other := filepath.Join(v.copied, strings.TrimPrefix(at, dir))
		if !slices.Contains(others, other) {
			return nil, badInputf("--copy: %s has no log where %s has %s; give directories of the same form", v.copied, dir, at)
		}
		out[at] = other
	}
	if len(others) > len(logs) {
		return nil, badInputf("--copy: %s has %d logs and %s has %d; give directories of the same form", v.copied, len(others), dir, len(logs))
	}
	return out, nil
}

// rolesFor finds the keys of a clearance for one log.
func (v verification) rolesFor(at string, who clearance) (map[mla.Role]age.Identity, error) {
	if len(who) == 0 {
		return nil, nil
	}
	whole, err := filepath.Abs(at)
	if err != nil {
		return nil, err
	}
	s := mla.State(filepath.Base(whole))
	from := filepath.Join(whole, "..", "..", "keys", string(s))
	if v.keys != "" {
		from = filepath.Join(v.keys, string(s))
		if _, err := os.Stat(from); err != nil {
			from = v.keys
		}
	}
	keys, err := auditlog.LoadKeys(from)
	if err != nil {
		return nil, badInput{err}
	}
	out := map[mla.Role]age.Identity{}
	for _, role := range who.roles(s) {
		switch id := keys[role]; {
		case id != nil:
			out[role] = id
		case role != mla.Public && len(who) < len(mla.Roles):
			return nil, badInputf("there is no key of %s@%s in %s; give --keys DIR, or leave --as out", role, s, from)
		}
	}
	return out, nil
}

// originOf is the name that a log gives itself, not yet verified; empty where its checkpoint cannot be read.
func originOf(at string) string {
	name := filepath.Join(at, "checkpoint")
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	raw, err := readSmall(name)
	if err != nil {
		return ""
	}
	origin, _, _ := bytes.Cut(raw, []byte("\n"))
	return string(origin)
}

func checkedLog(at string, r verify.Report) report.CheckedLog {
	l := report.CheckedLog{
		Dir: filepath.ToSlash(at), Origin: r.Origin, Size: r.Size, Root: r.Root, Cases: r.Cases, Whole: r.OK(),
		Cosigned: cosigned(r.Cosigners), Findings: []report.Finding{},
	}
	for _, f := range r.Findings {
		l.Findings = append(l.Findings, report.Finding{File: f.File, Place: f.Place, What: f.What})
	}
	return l
}

func cosigned(by []verify.Cosigner) report.Cosigned {
	out := report.Cosigned{By: []string{}, Unchecked: []string{}}
	for _, c := range by {
		if c.Checked {
			out.By = append(out.By, c.Name)
		} else {
			out.Unchecked = append(out.Unchecked, c.Name)
		}
	}
	return out
}

var errNoTrust = errors.New("a proof is held against a key that you have from elsewhere: give --key (the log's key, or a file like log.vkey) or a --policy that names the log")
