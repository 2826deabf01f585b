package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/auditlog/witness"
	"rogatory/internal/report"
)

// policyFile is where a witness writes the policy by which logs reach it.
const policyFile = "policy.txt"

func (p *program) auditWitness() *cobra.Command {
	var name, listen string
	var logs []string
	c := &cobra.Command{
		Use:   "witness DIR",
		Short: "Serve a witness that cosigns logs",
		Long: `Serves a witness, such as another State's oversight body, until it is stopped (C2SP tlog-witness): it cosigns a checkpoint
of a log it knows once the log has shown that it kept all that was cosigned before, and refuses one that was rolled back or
forked. Its key and the latest checkpoint of each log are in DIR; so is ` + policyFile + `, the policy by which audit cosign
reaches it and audit verify checks for it.`,
		Example: "  go run ./starter audit witness out/birch --name oversight.example/birch --log out/g01/logs/alder/log.vkey",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if name == "" || len(logs) == 0 {
				return badInputf("say who the witness is with --name, such as oversight.example/birch, and with --log which logs it cosigns")
			}
			policy := ""
			for i, log := range logs {
				if logs[i], err = readVerifierKey(log); err != nil {
					return badInputf("--log %s: %w", log, err)
				}
				policy += "log " + logs[i] + "\n"
			}
			w, err := witness.Open(args[0], name, logs)
			if err != nil {
				return badInput{err}
			}
			defer func() { _ = w.Close() }() // the process ends
			l, err := (&net.ListenConfig{}).Listen(c.Context(), "tcp", listen)
			if err != nil {
				return badInputf("--listen: %w", err)
			}
			policy += fmt.Sprintf("witness 1 %s http://%s/\nquorum 1\n", w.VerifierKey(), l.Addr())
			at := filepath.Join(args[0], policyFile)
			if err := renameio.WriteFile(at, []byte(policy), 0o644); err != nil {
				return err
			}
			if _, err := fmt.Fprintf(p.out, "%s cosigns %d log(s) at http://%s/; policy in %s\n", name, len(logs), l.Addr(), at); err != nil {
				return err
			}
			return w.Serve(c.Context(), l)
		},
	}
	f := c.Flags()
	f.StringVar(&name, "name", "", "what stands in its cosignatures: a URL without scheme")
	f.StringArrayVar(&logs, "log", nil, "a log that it cosigns: a file like log.vkey, or its line; may be given more than once")
	f.StringVar(&listen, "listen", "127.0.0.1:0", "where to serve; port 0 takes a free one")
	return c
}

func (p *program) auditCosign() *cobra.Command {
	var policy string
	var asJSON bool
	c := &cobra.Command{
		Use:   "cosign DIR",
		Short: "Have witnesses cosign the checkpoint of logs",
		Long: `Asks the witnesses of a policy, at the URLs it gives, to cosign the checkpoint of each log below a directory, and publishes
it with their cosignatures once the policy's quorum is met. The witnesses see checkpoints and hashes, no leaf.`,
		Example: "  go run ./starter audit cosign out/g01/logs/alder --policy out/birch/policy.txt",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if policy == "" {
				return badInputf("say with --policy which witnesses are asked (C2SP tlog-policy, with URLs)")
			}
			raw, err := readSmall(policy)
			if err != nil {
				return badInputf("--policy: %w", err)
			}
			parsed, err := readPolicy(policy)
			if err != nil {
				return err
			}
			logs, err := logsBelow(args[0])
			if err != nil {
				return err
			}
			out := &report.Verification{Dir: filepath.ToSlash(args[0]), Whole: true, Caveat: report.Caveat}
			for _, at := range logs {
				if err := auditlog.Cosign(c.Context(), at, raw); err != nil {
					return fmt.Errorf("%s", strings.ReplaceAll(err.Error(), "\n", "; "))
				}
				r, err := verify.Check(c.Context(), at, verify.Options{Policy: parsed})
				if err != nil {
					return err
				}
				out.Logs = append(out.Logs, checkedLog(at, r))
				out.Whole = out.Whole && r.OK()
			}
			if err := p.print(out, asJSON); err != nil {
				return err
			}
			if !out.Whole {
				return errNegative
			}
			return nil
		},
	}
	c.Flags().StringVar(&policy, "policy", "", "a file that names witnesses with their URLs, and how many are needed")
	jsonFlag(c, &asJSON)
	return c
}
