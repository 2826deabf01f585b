package report

import (
	"io"
	"strings"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

// Catalogue is what critics claim and where it is shown; it is the object that `gaps --json` prints.
type Catalogue struct {
	Gaps   []Gap   `json:"gaps"`
	Claims []Claim `json:"claims,omitempty"`
	Caveat string  `json:"caveat"`
}

// Gap is one oversight gap, with what shows, counts and closes it.
type Gap struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Weight     string      `json:"weight"`
	Says       string      `json:"says"`
	Other      string      `json:"other"`
	Beside     string      `json:"beside"`
	Articles   []string    `json:"articles"`
	Cases      []GapCase   `json:"cases"`
	Measures   []string    `json:"measures"`
	Safeguards []GapCloser `json:"safeguards"`
	Designs    []GapDesign `json:"designs"`
}

// GapCase is a case that shows a gap.
type GapCase struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	Requesting mla.State `json:"requesting"`
	Requested  mla.State `json:"requested"`
}

// GapDesign is an experiment that simulates a gap in a population.
type GapDesign struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// GapCloser is a safeguard asked for against a gap, and its price.
type GapCloser struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Price string `json:"price"`
}

// Claim is what a press article says, and where it went.
type Claim struct {
	Article string   `json:"article"`
	Claim   string   `json:"claim"`
	Gaps    []string `json:"gaps"`
	Cases   []string `json:"cases"`
	Why     string   `json:"why"`
}

// Terminal lists the gaps and the ledger; a single gap is told in full.
func (c *Catalogue) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	if len(c.Gaps) == 1 && len(c.Claims) == 0 {
		p.gap(c.Gaps[0])
	} else {
		p.catalogue(c)
	}
	p.caveat(c.Caveat)
	return p.print(w)
}

func (p *page) catalogue(all *Catalogue) {
	p.heading("Gaps that critics describe")
	var rows [][]cell
	for _, g := range all.Gaps {
		var cases, closers, designs []string
		for _, x := range g.Cases {
			cases = append(cases, x.ID)
		}
		for _, x := range g.Safeguards {
			closers = append(closers, x.ID)
		}
		for _, x := range g.Designs {
			designs = append(designs, x.ID)
		}
		rows = append(rows, []cell{
			c(g.ID), c(g.Name), c(g.Weight), c(orDash(strings.Join(cases, ", "))), c(count(len(g.Measures), "measure", "measures")),
			c(orDash(strings.Join(designs, ", "))), c(orDash(strings.Join(closers, ", "))),
		})
	}
	p.table([]column{{head: "gap", fixed: true}, {head: "what it is"}, {head: "weight"}, {head: "cases"}, {head: "counted by"}, {head: "simulated by"}, {head: "asked for against it"}}, rows)
	p.text(tableIndent, "Weight is how much is built on a gap here: heart, a case, figures, a simulated population and a page; sound, a case and figures; card, a case and a figure of its own alone. gaps G29 tells one in full.", faint)
	p.heading("What five press articles claim, and where it went")
	rows = nil
	for _, x := range all.Claims {
		went := strings.Join(x.Gaps, ", ")
		if len(x.Cases) > 0 {
			went += ": cases " + strings.Join(x.Cases, ", ")
		}
		if x.Why != "" {
			went = strings.TrimSpace(went + ". " + x.Why)
			went = strings.TrimPrefix(went, ". ")
		}
		rows = append(rows, []cell{c(x.Article), c(x.Claim), c(went)})
	}
	p.table([]column{{head: "article", fixed: true}, {head: "claim"}, {head: "where it went"}}, rows)
	p.text(tableIndent, "The articles: S0 of 30 December 2019, S1 and S2 of August 2024, S3 of January 2024, S4 of March 2022.", faint)
}

func (p *page) gap(g Gap) {
	p.heading(g.ID + " · " + g.Name)
	p.text(tableIndent, g.Says, ordinary)
	p.text(tableIndent, "The other side: "+g.Other, ordinary)
	if len(g.Articles) > 0 {
		p.text(tableIndent, "Articles: "+strings.Join(shared(g.Articles), "; ")+".", faint)
	}
	p.heading("Cases")
	var rows [][]cell
	for _, x := range g.Cases {
		rows = append(rows, []cell{c(x.ID), c(x.Title), c(stateName(x.Requesting) + " asks " + stateName(x.Requested))})
	}
	p.table([]column{{fixed: true}, {}, {}}, rows)
	if len(rows) == 0 {
		p.text(tableIndent, "None ships.", ordinary)
	}
	p.heading("Measures")
	for _, id := range g.Measures {
		m, ok := measure.ByID(id)
		if !ok {
			continue
		}
		p.item(tableIndent, "·", m.ID+": "+strings.TrimRight(m.Formula, ".")+". It "+kindName(m.Kind)+".", ordinary)
	}
	if len(g.Measures) == 0 {
		p.text(tableIndent, "None.", ordinary)
	}
	if g.Beside != "" {
		p.text(tableIndent, "Beside them: "+g.Beside, faint)
	}
	p.heading("Simulated by")
	rows = nil
	for _, x := range g.Designs {
		rows = append(rows, []cell{c(x.ID), c(x.Title)})
	}
	p.table([]column{{fixed: true}, {}}, rows)
	if len(rows) == 0 {
		p.text(tableIndent, "No design: it is shown case by case.", ordinary)
	} else {
		p.text(tableIndent, "Run one with: experiment run "+g.Designs[0].ID, faint)
	}
	p.heading("Asked for against it")
	rows = nil
	for _, x := range g.Safeguards {
		rows = append(rows, []cell{c(x.ID), c(x.Name), c("price: " + x.Price)})
	}
	p.table([]column{{fixed: true}, {}, {}}, rows)
	p.text(tableIndent, "Asked for by critics; no law in force.", faint)
}
