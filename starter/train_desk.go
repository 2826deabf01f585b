package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/training"
)

// errNoAnswer ends a session in which nothing was answered.
var errNoAnswer = errors.New("the session ended without an answer, and nothing was kept; end with: answer WORD on RULE")

// desk is where a trainee sits: a terminal, or a file of commands.
type desk struct {
	ctx     context.Context
	subject *subject
	lines   *bufio.Scanner
	out     io.Writer
	style   report.Style
	view    report.Sitting
	echo    bool // what is read is not seen as it is typed
}

func newDesk(ctx context.Context, p *program, in io.Reader, s *subject, silent bool) *desk {
	d := &desk{ctx: ctx, subject: s, lines: bufio.NewScanner(in), out: p.out, style: styleOf(p.out)}
	if silent {
		d.out = io.Discard
	}
	f, file := in.(*os.File)
	d.echo = !file || !term.IsTerminal(int(f.Fd()))
	return d
}

// Answer implements training.Trainee.
func (d *desk) Answer(x *training.Sitting) (training.Answer, error) {
	c := d.subject.scenario
	d.view = report.Sitting{
		Case: c.ID, Title: c.Title, Role: x.Role, State: x.State, At: x.At, Seen: x.Seen, Letter: x.Letter,
		Safeguards: d.subject.safeguards, Asks: c.Question, Words: x.Words,
	}
	for _, i := range x.Terms().Instruments {
		d.view.Instruments = append(d.view.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Status, InForce: i.InForce})
	}
	if err := d.view.Terminal(d.out, d.style); err != nil {
		return training.Answer{}, err
	}
	for {
		line, ok := d.read("> ")
		if !ok || line == "quit" {
			return training.Answer{}, errNoAnswer
		}
		word, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		var err error
		switch word {
		case "":
		case "help":
			err = d.view.Help(d.out, d.style)
		case "letter":
			err = d.view.File(d.out, d.style)
		case "log":
			err = report.Seen(d.out, d.style, x.Seen)
		case "facts":
			err = report.Facts(d.out, d.style, d.facts(x, rest))
		case "law":
			if provisions, beside := x.Beside(); beside {
				err = report.NoGround(d.out, d.style, provisions)
			} else {
				err = report.Findings(d.out, d.style, d.law(x, rest))
			}
		case "ask":
			err = d.ask(x, rest)
		case "answer":
			a, complaint := d.answer(x, rest)
			if complaint == "" {
				return a, nil
			}
			err = d.say(complaint)
		default:
			err = d.say(fmt.Sprintf("%q is nothing that can be said here; help lists what can.", word))
		}
		if err != nil {
			return training.Answer{}, err
		}
	}
}

// read shows a prompt and takes a line; false: there is none. Lines that begin with # are remarks.
func (d *desk) read(prompt string) (string, bool) {
	for {
		if _, err := io.WriteString(d.out, prompt); err != nil || d.ctx.Err() != nil {
			return "", false
		}
		if !d.lines.Scan() || d.ctx.Err() != nil {
			return "", false
		}
		line := strings.TrimSpace(d.lines.Text())
		if strings.HasPrefix(line, "#") {
			continue
		}
		if d.echo {
			if err := d.say(line); err != nil {
				return "", false
			}
		}
		return line, true
	}
}

func (d *desk) say(s string) error {
	_, err := fmt.Fprintln(d.out, "  "+s)
	return err
}

// facts lists what is known and what is wanting, where the path begins with a word.
func (d *desk) facts(x *training.Sitting, prefix string) []report.KnownFact {
	var out []report.KnownFact
	put := func(p mla.Path, value string) {
		if !strings.HasPrefix(string(p), prefix) {
			return
		}
		f := report.KnownFact{Path: p, Value: value}
		if fact, err := d.subject.bundle.Fact(p); err == nil {
			f.Means, f.KnownBy = fact.Means, string(fact.KnownBy)
		}
		out = append(out, f)
	}
	for _, p := range x.Known.Paths() {
		put(p, x.Known[p].String())
	}
	for _, p := range x.Wanting() {
		put(p, "unknown")
	}
	return out
}

// law lists the gates, grounds and forbidden reasons, or the rules whose name contains a word.
func (d *desk) law(x *training.Sitting, word string) []mla.Finding {
	return slices.DeleteFunc(x.Law(), func(f mla.Finding) bool {
		if word != "" {
			return !strings.Contains(strings.ToLower(f.Rule), strings.ToLower(word))
		}
		return !f.Effect.Ground() && f.Effect != mla.Gate && f.Effect != mla.MustNotRefuse
	})
}

func (d *desk) ask(x *training.Sitting, path string) error {
	f, err := x.Inquire(mla.Path(path))
	if err != nil {
		return d.say(err.Error() + "; facts lists those in play")
	}
	took := ""
	if f.Days > 0 {
		took = fmt.Sprintf(" It takes %d days.", f.Days)
	}
	return d.say(fmt.Sprintf("%s: %s%s", f.Where, f.Answer, took))
}

// answer reads "refused on uncc/40(22), uncc/40(8)" and what goes with it; a complaint says why it is no answer.
func (d *desk) answer(x *training.Sitting, text string) (a training.Answer, complaint string) {
	word, on, _ := strings.Cut(text, " on ")
	a.Word, a.Inquiry = strings.TrimSpace(word), x.Inquiry
	if !slices.Contains(x.Words, a.Word) {
		return a, fmt.Sprintf("%q does not answer the question; say one of: %s.", a.Word, strings.Join(x.Words, ", "))
	}
	for _, name := range strings.Split(on, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !strings.Contains(name, "/") { // "uncc 40(22)" as it is cited
			name = strings.Replace(name, " ", "/", 1)
		}
		open, spoke := x.Open(name)
		switch {
		case len(spoke) == 0:
			return a, fmt.Sprintf("No rule %q speaks at this stage; law lists them.", name)
		case !open:
			f := spoke[0]
			return a, fmt.Sprintf("%s is not open on what you know: it is %s%s.", name, f.Holds, wanting(f.Missing))
		}
		a.On = append(a.On, name)
	}
	refuses := a.Word == string(mla.Refused) || a.Word == string(mla.Postponed)
	if refuses && len(a.On) == 0 && slices.Contains([]mla.Question{mla.QDecide, mla.QPreservation}, x.Question) {
		return a, "It names no ground: answer " + a.Word + " on RULE."
	}
	return a, d.complete(x, &a)
}

func wanting(missing []mla.Path) string {
	if len(missing) == 0 {
		return ""
	}
	return ", for want of " + joined(missing)
}

// complete asks for what an answer needs besides.
func (d *desk) complete(x *training.Sitting, a *training.Answer) (complaint string) {
	if slices.Contains([]string{"refused", "postponed", "deny", "modify", "challenge", "object"}, a.Word) {
		a.Reasons, _ = d.read("Your reasons, in a sentence or two: ")
	}
	if a.Word == string(mla.Refused) || a.Word == string(mla.GrantedWithConditions) {
		if s, ok := d.read("Conditions on which help could be given; a semicolon between them, or nothing: "); ok {
			for c := range strings.SplitSeq(s, ";") {
				if c = strings.TrimSpace(c); c != "" {
					a.Conditions = append(a.Conditions, c)
				}
			}
		}
		if a.Word == string(mla.GrantedWithConditions) && len(a.Conditions) == 0 {
			return "It names no condition; answer granted, or say which."
		}
	}
	if a.Word == string(mla.PartlyGranted) || a.Word == "modify" {
		return d.narrow(x, a)
	}
	return ""
}

// narrow asks how much is granted.
func (d *desk) narrow(x *training.Sitting, a *training.Answer) (complaint string) {
	s := x.Request.Scope
	for _, part := range []struct {
		name string
		n    *int
	}{{"accounts", &s.Accounts}, {"persons", &s.Persons}, {"months", &s.Months}} {
		text, ok := d.read(fmt.Sprintf("How many %s, of the %d asked for: ", part.name, *part.n))
		if !ok || text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > *part.n {
			return fmt.Sprintf("%q is no number from 0 to %d.", text, *part.n)
		}
		*part.n = n
	}
	if s.Empty() {
		return "Nothing would be left; refuse instead."
	}
	a.Scope = &s
	return ""
}
