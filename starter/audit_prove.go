package main

import (
	"errors"
	"io"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/report"
)

func (p *program) auditProve() *cobra.Command {
	var to string
	var asJSON bool
	c := &cobra.Command{
		Use:   "prove DIR EVENT",
		Short: "Write a proof that one event is on a log",
		Long: `Writes a file that proves, with the log's key alone and offline, that an event is on a log: its leaf, its place in the
tree and the signed checkpoint (c2sp.org/tlog-proof@v1). EVENT is case/party/sequence, or the index of a leaf where DIR is
one log. The proof shows the cover of the event and the commitment to its body, not the body.`,
		Example: "  go run ./starter audit prove out/g01/logs/alder 0 --to first.tlog-proof\n  go run ./starter audit check-proof first.tlog-proof --key out/g01/logs/alder/log.vkey",
		Args:    exactly(2),
		RunE: func(c *cobra.Command, args []string) error {
			if to == "" {
				return badInputf("say with --to which file to write, such as event.tlog-proof")
			}
			logs, err := logsBelow(args[0])
			if err != nil {
				return err
			}
			if _, err := strconv.ParseUint(args[1], 10, 64); err == nil && len(logs) > 1 {
				return badInputf("leaf %s may be on each of %d logs: give one of them, such as %s, or the event as case/party/sequence", args[1], len(logs), logs[0])
			}
			for _, at := range logs {
				proofs, err := verify.Prove(c.Context(), at, args[1])
				if errors.Is(err, verify.ErrNoEvent) && len(logs) > 1 {
					continue
				}
				if errors.Is(err, verify.ErrNoEvent) {
					return badInput{err}
				}
				if err != nil {
					return err
				}
				if err := writeWhole("--to", to, func(w io.Writer) error {
					_, err := w.Write(proofs[0].Marshal())
					return err
				}); err != nil {
					return err
				}
				key, err := readVerifierKey(filepath.Join(at, "log.vkey"))
				if err != nil {
					return err
				}
				return p.proof(to, proofs[0], verify.Options{VerifierKey: key}, asJSON)
			}
			return badInputf("no log in %s has an event %s; audit show names them as case/party/sequence", args[0], args[1])
		},
	}
	c.Flags().StringVar(&to, "to", "", "the file to write")
	jsonFlag(c, &asJSON)
	return c
}

func (p *program) auditCheckProof() *cobra.Command {
	var key, policy string
	var asJSON bool
	c := &cobra.Command{
		Use:   "check-proof FILE",
		Short: "Check a proof that an event is on a log",
		Long: `Checks a .tlog-proof by the steps of c2sp.org/tlog-proof, with nothing but the file and what you trust: the log's key, or a
policy that names logs and witnesses. Exits 0 where it proves its event and 1 where it does not.`,
		Example: "  go run ./starter audit check-proof event.tlog-proof --key log.vkey\n  go run ./starter audit check-proof event.tlog-proof --policy policy.txt --json",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if key == "" && policy == "" {
				return badInput{errNoTrust}
			}
			var o verify.Options
			var err error
			if o.VerifierKey, err = readVerifierKey(key); err != nil {
				return err
			}
			if o.Policy, err = readPolicy(policy); err != nil {
				return err
			}
			raw, err := readSmall(args[0])
			if err != nil {
				return badInputf("%w; give a .tlog-proof file", err)
			}
			proof, err := verify.ParseProof(raw)
			if err != nil {
				return badInputf("%s is no proof: %w", args[0], err)
			}
			return p.proof(args[0], proof, o, asJSON)
		},
	}
	c.Flags().StringVar(&key, "key", "", "the log's key: a file like log.vkey, or its line")
	c.Flags().StringVar(&policy, "policy", "", "a file that names logs, witnesses and how many of them are needed (C2SP tlog-policy)")
	jsonFlag(c, &asJSON)
	return c
}

// proof judges a proof and tells of it.
func (p *program) proof(file string, proof verify.Proof, o verify.Options, asJSON bool) error {
	got, err := proof.Check(o)
	if errors.Is(err, verify.ErrNoKey) {
		return badInputf("%s: %w", file, err)
	}
	v := &report.Proof{
		File: filepath.ToSlash(file), Good: err == nil, Origin: got.Origin, Size: got.Size, Root: got.Root, Index: got.Index,
		Event: got.Event, Cover: got.Cover, Cosigned: cosigned(got.Cosigners), Caveat: report.Caveat,
	}
	if err != nil {
		v.Why = err.Error()
	}
	if err := p.print(v, asJSON); err != nil {
		return err
	}
	if !v.Good {
		return errNegative
	}
	return nil
}
