package main

import (
	"github.com/spf13/cobra"

	"rogatory/internal/report"
)

// explaining are the flags of policies explain.
type explaining struct {
	dir  string // of the law
	html string // file
	json bool
}

func (p *program) explainLaw() *cobra.Command {
	var o explaining
	c := &cobra.Command{
		Use:   "explain INSTRUMENT|STATE|SAFEGUARD [ARTICLE]",
		Short: "Explain an instrument, or one article of it; a State; a safeguard",
		Long: `Goes through an instrument provision by provision: what it says and does, its condition in words and in CEL, how its text was
checked, the periods it sets, and the cases that test it. An article takes its paragraphs with it. The id of a State gives
its offences, who authorises what, its law on what treaties leave open, who may read its log, how it works, and the rules
of its own law; that of a safeguard, what it asks.

With --html the page is also written to a file that needs no other and prints on A4.`,
		Example: "  go run ./starter policies explain uncc 40\n  go run ./starter policies explain \"budapest\" \"27(4)\" --html article.html",
		Args:    between(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			article := ""
			if len(args) == 2 {
				article = args[1]
			}
			return p.explain(o, args[0], article)
		},
	}
	policiesFlag(c, &o.dir)
	c.Flags().StringVar(&o.html, "html", "", "also write the page to this file, as HTML")
	jsonFlag(c, &o.json)
	return c
}

func (p *program) explain(o explaining, id, article string) error {
	bundle, err := lawIn(o.dir)
	if err != nil {
		return err
	}
	page, err := bundle.Explain(id, article)
	if err != nil {
		return badInput{err}
	}
	out := &report.Explained{Page: page, Policy: bundle.Digest(), Caveat: report.Caveat}
	if s, err := bundle.Safeguard(id); err == nil {
		out.Asks, out.Price, out.Closes, out.Source, out.Settings, out.Duties = s.Asks, s.Price, s.Closes, s.Source, s.Settings(), s.Duties
	}
	if o.html != "" {
		if err := writeWhole("--html", o.html, out.HTML); err != nil {
			return err
		}
	}
	return p.print(out, o.json)
}
