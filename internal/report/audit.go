package report

import (
	"io"
	"strconv"
)

// Verification is what the check of logs found; it is the object that `audit verify --json` prints.
type Verification struct {
	Dir    string       `json:"dir"`
	Whole  bool         `json:"whole"` // every log is
	Logs   []CheckedLog `json:"logs"`
	Caveat string       `json:"caveat"`
}

// CheckedLog is one log, checked from its published bytes.
type CheckedLog struct {
	Dir      string    `json:"dir"`
	Origin   string    `json:"origin"`
	Size     uint64    `json:"size"` // leaves that the checkpoint covers
	Root     string    `json:"root"`
	Cases    int       `json:"cases"`
	Whole    bool      `json:"whole"`
	Cosigned Cosigned  `json:"cosigned"`
	Findings []Finding `json:"findings"`
}

// Finding is one thing wrong with a log.
type Finding struct {
	File  string `json:"file"`
	Place string `json:"place"`
	What  string `json:"what"`
}

// Terminal writes the verification for a reader: every finding with its file and place.
func (v *Verification) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	for _, l := range v.Logs {
		p.heading(l.Dir)
		if l.Whole {
			p.text(tableIndent, "Whole. "+strconv.FormatUint(l.Size, 10)+" leaves of "+count(l.Cases, "case", "cases")+"; log "+l.Origin+".", good)
			p.verbatim(tableIndent, "root "+l.Root)
			p.cosigned(l.Cosigned)
			continue
		}
		p.text(tableIndent, "Not whole: "+count(len(l.Findings), "finding", "findings")+".", alarming)
		for _, f := range l.Findings {
			at := f.File
			if f.Place != "" {
				at += ", " + f.Place
			}
			p.item(tableIndent, "✗", at+": "+f.What, ordinary)
		}
	}
	if v.Whole {
		p.blank()
		p.text(0, "What it cannot see: whether log.vkey is the State's own, whether a later checkpoint once existed, and whether what an event says is true.", faint)
	}
	p.caveat(v.Caveat)
	return p.print(w)
}
