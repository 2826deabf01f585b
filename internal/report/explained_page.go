package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"

	"rogatory/policies"
)

//go:embed explained.html
var explainedHTML string

var explainedPage = template.Must(template.New("explained").Funcs(template.FuncMap{
	"list":       list[string],
	"anchor":     func(rule string) string { return strings.ReplaceAll(rule, " ", "-") },
	"rule":       func(v policies.Provision) string { return ruleName(v.Rule, v.Article) },
	"effect":     effectName,
	"checked":    checked,
	"cases":      caseLines,
	"confidence": confidenceName,
	"parameter":  parameterName,
	"offence":    offenceName,
	"measure":    authorityOf,
	"standing":   independence,
}).Parse(explainedHTML))

// HTML writes the same page as a document that needs no other file and prints on A4.
func (x *Explained) HTML(w io.Writer) error {
	var b bytes.Buffer
	if err := explainedPage.Execute(&b, x); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}
