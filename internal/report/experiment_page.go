package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"rogatory/internal/measure"
)

//go:embed experiment.html
var experimentHTML string

var experimentTemplate = template.Must(template.New("experiment").Funcs(template.FuncMap{
	"figure": quantity, "signed": signed, "bases": bases, "claim": claim, "intervals": func() string { return intervalsSay }, "sentence": sentenceCase, "headed": headed, "change": changeOf, "unit": unitSays, "sources": func() string { return sourcesSay }, "grouped": grouped,
	"svg": func(b []byte) template.HTML { return template.HTML(inline(string(b))) }, // drawn by us from numbers; names are escaped where they are drawn
}).Parse(experimentHTML))

// inline takes the head off an SVG file, which a page has already.
func inline(svg string) string {
	if i := strings.Index(svg, "<svg"); i > 0 {
		return svg[i:]
	}
	return svg
}

// bases spells out the letters of a figure.
func bases(letters string) string {
	var out []string
	for _, l := range letters {
		out = append(out, map[rune]string{'P': "published (P)", 'T': "published of another population (T)", 'D': "derived (D)", 'A': "assumed (A)"}[l])
	}
	if letters == "-" || letters == "" {
		return "the rule alone (-)"
	}
	return list(out) + " parameters"
}

// unitSays spells out a unit whose name does not say what is divided by what.
func unitSays(u measure.Unit) string {
	switch u {
	case measure.Points:
		return "percentage points, the difference of two shares"
	case measure.Times:
		return "times, one figure over another"
	default:
		return string(u)
	}
}

// sourcesSay is how to read the source of a parameter.
const sourcesSay = "A number such as 2.4 or 9.2 in a source is a row of the calibration that the values were taken from; the sweep is the range to try."

// claim is a kind in words.
func claim(k measure.Kind) string {
	switch k {
	case measure.Structural:
		return "structural: it follows from the rule"
	case measure.Image:
		return "an image of an assumption, never a finding"
	case measure.Emergent:
	}
	return "emergent: it comes out of the interplay"
}

// Page writes the experiment as one page that needs nothing else.
func (x *Experiment) Page(w io.Writer) error { return experimentTemplate.Execute(w, x) }

// EventsUpTo is of how many letters a replication may be whose events an experiment keeps: they make a file of some 100 MB.
const EventsUpTo = 100_000

// EventsCovered says which events an experiment keeps.
const EventsCovered = "events.parquet holds replication 0 of every arm but the tornado's, in the order of recording, unless it is of more than 100,000 letters. The Merkle tree (RFC 6962) over the leaf column of an arm has the root that manifest.json gives. What is left out is left out for its size, a leaf being 32 bytes that nothing compresses; each replication runs again alone to the root given for it."

// Code is one column of a table.
type Code struct{ File, Column, Type, Means string }

// Codebook says what every column and figure means.
func (x *Experiment) Codebook(codes []Code) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Codebook of %s\n\n%s\n\n%s\n", x.ID, x.Says, x.Caveat)
	file := ""
	for _, c := range codes {
		if c.File != file {
			file = c.File
			fmt.Fprintf(&b, "\n## %s\n\n| column | type | meaning |\n| --- | --- | --- |\n", file)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.Column, c.Type, c.Means)
	}
	b.WriteString("\n" + EventsCovered + "\n\n## effects.csv\n\nOne row for each figure and arm: its level over the replications and its paired difference from the first arm, with 95% intervals (low, high), how they were worked out (by), and beside them the percentiles of the bootstrap (boot_low, boot_high), which are too narrow with few replications. " + intervalsSay + " In by: t, log-t, logit-t; same; and none-seen, where a share was 0 or 1 in every replication: the bound of Clopper and Pearson over all its letters, as if they were independent.\n\n| figure | unit | claim | rests on | meaning |\n| --- | --- | --- | --- | --- |\n")
	for _, f := range x.Figures {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.ID, f.Unit, f.Kind, f.Letters, f.Says)
	}
	b.WriteString("\nRests on: P published, T published of another population, D derived, A assumed; - follows from the rule alone.\n\n## Parameters\n\n" + sourcesSay + "\n\n| parameter | value | unit | basis | sweep | source | meaning |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, a := range x.Assumptions {
		fmt.Fprintf(&b, "| %s | %g | %s | %s | %g to %g | %s | %s |\n", a.ID, a.Value, a.Unit, a.Letter, a.Low, a.High, a.Source, a.Says)
	}
	return []byte(b.String())
}

// Citation says how to cite the data.
func (x *Experiment) Citation() string {
	return fmt.Sprintf(`cff-version: 1.2.0
message: If you use these data, cite them and the software that made them.
type: dataset
title: "Rogatory experiment %s: %s"
authors:
  - name: The authors of Rogatory
abstract: "%s Simulated, fictional States; %d replications, seed %s."
keywords: [mutual legal assistance, simulation, oversight, cross-border data]
license: Apache-2.0
`, x.ID, strings.ReplaceAll(x.Title, `"`, "'"), strings.ReplaceAll(x.Says, `"`, "'"), x.Replications, strings.ReplaceAll(x.Seed, `"`, "'"))
}
