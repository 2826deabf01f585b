package policies

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// gapFiller is the clause by which parts of an instrument give way to another treaty on mutual legal assistance that
// binds the two States (UNCC 40(7), UNTOC 18(7), Budapest 27(1) and 28(1)).
type gapFiller struct {
	article   string
	ranges    []articleRange
	always    []string // provisions within the ranges that stand all the same
	condition *expression
}

// replacement is the clause by which an instrument takes the place of parts of another (EU-US 9, for the use clause of
// the bilateral treaty).
type replacement struct {
	instrument string
	article    string
	ranges     []articleRange
	at         entry
}

// articleRange is a whole article, or its paragraphs from first to last.
type articleRange struct {
	article     string
	first, last int
}

// covers reports whether a provision is among those that give way.
func (g *gapFiller) covers(article string) bool {
	return g != nil && !slices.Contains(g.always, article) && among(article, g.ranges)
}

// among reports whether a provision lies in one of the ranges.
func among(article string, ranges []articleRange) bool {
	name, rest, _ := strings.Cut(article, "(")
	paragraph := 0
	for _, r := range rest {
		if r < '0' || r > '9' || paragraph > 1000 {
			break
		}
		paragraph = paragraph*10 + int(r-'0')
	}
	for _, r := range ranges {
		if r.article == name && (r.last == 0 || paragraph >= r.first && paragraph <= r.last) {
			return true
		}
	}
	return false
}

// readStacking reads how an instrument stands beside others: what it gives way to, what it replaces, what always speaks.
func (l *language) readStacking(f fields, r *Regime) {
	s, ok := f.optionalSub("stacking", "gives_way_to", "article", "paragraphs", "replaces", "always", "mla_treaty")
	if s.has("mla_treaty") {
		is := s.flag("mla_treaty")
		r.treatyOnAssistance = &is
	}
	if !ok {
		return
	}
	for _, e := range s.list("replaces") {
		c := e.fields("instrument", "article", "paragraphs")
		r.replaces = append(r.replaces, replacement{c.text("instrument"), c.text("article"), readRanges(c), e})
	}
	always := s.texts("always")
	if !s.has("gives_way_to") {
		if s.has("paragraphs") {
			s.keys["paragraphs"].fault("nothing says what these paragraphs give way to", "add gives_way_to: mla-treaty")
		}
		return
	}
	pick(s, "gives_way_to", []string{"mla-treaty"})
	gap := &gapFiller{article: s.text("article"), always: always, ranges: readRanges(s)}
	if l.byPath[otherTreaty] == nil {
		s.at.fault("no fact says whether another treaty binds the pair", "declare "+string(otherTreaty)+" in facts.yaml")
		return
	}
	gap.condition = l.compileText(s.at, string(otherTreaty), nil)
	r.gap = gap
}

var writtenRange = regexp.MustCompile(`^([0-9A-Za-z ]+?)(?:\(([0-9]+)\)(?: ?(?:-|to) ?\(([0-9]+)\))?)?$`)

// readRanges reads the paragraphs of a clause: "40(8)-(31)", "27", or {article: "40", from: 8, to: 31}.
func readRanges(f fields) (out []articleRange) {
	if _, ok := f.need("paragraphs"); !ok {
		return nil
	}
	for _, e := range f.list("paragraphs") {
		if s, ok := e.node.(*ast.StringNode); ok {
			m := writtenRange.FindStringSubmatch(s.Value)
			if m == nil {
				e.faultf(`write "40(8)-(31)", "40(22)" or "27"`, "%s is no article and no range of paragraphs", quoted(s.Value))
				continue
			}
			way := articleRange{article: m[1]}
			if m[2] != "" {
				way.first, _ = strconv.Atoi(m[2])
				way.last = way.first
			}
			if m[3] != "" {
				way.last, _ = strconv.Atoi(m[3])
			}
			if way.last < way.first || way.last > 1000 {
				e.faultf("the first paragraph comes before the last", "%s is no range of paragraphs", quoted(s.Value))
			}
			out = append(out, way)
			continue
		}
		r := e.fields("article", "from", "to")
		way := articleRange{article: r.text("article")}
		if r.has("from") || r.has("to") {
			way.first, way.last = r.number("from", 1, 1000), r.number("to", 1, 1000)
			if way.first > 0 && way.last > 0 && way.last < way.first {
				e.faultf("the first paragraph comes before the last", "from %d to %d is no range of paragraphs", way.first, way.last)
			}
		}
		out = append(out, way)
	}
	return out
}

// assists reports whether the instrument is a treaty on mutual legal assistance in its own right, to which gap-fillers
// of others give way. One that gives way itself may be such a treaty: that is contested, and a reading says.
func (r *Regime) assists() bool {
	if r.treatyOnAssistance != nil {
		return *r.treatyOnAssistance
	}
	return r.Kind == Treaty && slices.Equal(r.Asks, []Asked{AskState})
}
