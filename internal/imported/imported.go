package imported

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"

	"rogatory/internal/mla"
)

// Names in the directory of an import.
const (
	eventsFile = "events.jsonl"
	recordFile = "imported.json"
)

// Entry is one imported event.
type Entry struct {
	Cover mla.Cover
	// Event is the whole of it, or nil where the mapping gives no body for its kind.
	Event *mla.Event
	Line  int // in the foreign file
}

// entryForm is an entry as it is written: one line of canonical JSON.
type entryForm struct {
	Cover         mla.Cover       `json:"cover"`
	Event         json.RawMessage `json:"event"`
	Line          int             `json:"line"`
	TamperEvident bool            `json:"tamper_evident"` // false, always
}

// Record says where imported events come from.
type Record struct {
	Source        string `json:"source"` // name of the foreign file
	SourceSHA256  string `json:"source_sha256"`
	MappingSHA256 string `json:"mapping_sha256"`
	EventsSHA256  string `json:"events_sha256"` // of events.jsonl: a slip of the hand shows, a forger does not
	TamperEvident bool   `json:"tamper_evident"`
	Events        int    `json:"events"`
	Bodies        int    `json:"bodies"`  // events with a body
	Skipped       int    `json:"skipped"` // events of activities that the mapping leaves out
	Cases         int    `json:"cases"`
}

// Parse reads a foreign log of a form of Sources. Events are ordered by time within a case and State, those of one time
// as they stand in the file. Errors name the line.
func Parse(form string, in io.Reader, m *Mapping) (entries []Entry, skipped int, err error) {
	err = read(form, in, func(r record) error {
		e, ok, err := m.entry(r)
		if err != nil || !ok {
			skipped++
			return err
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Cover.Case, b.Cover.Case), cmp.Compare(a.Cover.Party, b.Cover.Party), a.Cover.At.Compare(b.Cover.At))
	})
	for i := range entries {
		c := &entries[i].Cover
		if i > 0 && entries[i-1].Cover.Case == c.Case && entries[i-1].Cover.Party == c.Party {
			c.Sequence = entries[i-1].Cover.Sequence + 1
		}
		if e := entries[i].Event; e != nil {
			e.Sequence = c.Sequence
		}
	}
	return entries, skipped, nil
}

// entry makes an event of a record; ok is false for an activity to be left out.
func (m *Mapping) entry(r record) (e Entry, ok bool, err error) {
	activity, there := r.values[m.Kind.Column]
	if !there {
		return e, false, fmt.Errorf("line %d: there is no %q", r.line, m.Kind.Column)
	}
	kind, known := m.Kind.Values[activity]
	if !known {
		if m.Kind.Others == "skip" {
			return e, false, nil
		}
		return e, false, fmt.Errorf("line %d: the mapping does not say which kind %.100q is; add it to kind.values, or write kind.others: skip", r.line, activity)
	}
	at, err := m.Time.of(r)
	if err != nil {
		return e, false, err
	}
	party, err := m.Party.of(r)
	if err != nil {
		return e, false, err
	}
	// A slash parts the names in an event's id.
	caseID := strings.NewReplacer("%", "%25", "/", "%2F").Replace(r.values[m.Case])
	if caseID == "" || len(caseID) > 256 || party == "" || strings.Contains(party, "/") {
		return e, false, fmt.Errorf("line %d: case %.60q of %.60q: want the name of a case, up to 256 bytes, and of a State", r.line, caseID, party)
	}
	e = Entry{Line: r.line, Cover: mla.Cover{Case: caseID, Party: mla.State(party), At: at, Kind: kind, Readers: m.Readers}}
	if _, err := mla.Canonical(e.Cover); err != nil {
		return e, false, fmt.Errorf("line %d: %w", r.line, err)
	}
	if m.Attributes[kind] == nil {
		return e, true, nil
	}
	body, err := m.body(kind, r)
	if err != nil {
		return e, false, err
	}
	e.Event = &mla.Event{
		Case: caseID, Party: e.Cover.Party, At: at, Actor: m.Actor.of(r, e.Cover.Party), Kind: kind, Articles: []string{}, Readers: m.Readers, Body: body,
	}
	if _, err := mla.Canonical(e.Event); err != nil {
		return e, false, fmt.Errorf("line %d: %w", r.line, err)
	}
	return e, true, nil
}

func (a Actor) of(r record, s mla.State) mla.Actor {
	role := a.Role
	if known, ok := a.Roles[r.values[a.Column]]; ok {
		role = known
	}
	if role == "" {
		return mla.Actor{}
	}
	return mla.Actor{Role: role, State: s}
}

// Write puts an import into a directory, which must not hold another.
func Write(dir string, entries []Entry, rec Record) (Record, error) {
	if _, err := os.Stat(filepath.Join(dir, recordFile)); err == nil {
		return rec, fmt.Errorf("%s holds an import already; give another directory", dir)
	}
	var out bytes.Buffer
	cases := map[string]bool{}
	for _, e := range entries {
		form := entryForm{Cover: e.Cover, Line: e.Line, Event: json.RawMessage("null")}
		if e.Event != nil {
			raw, err := mla.Canonical(e.Event)
			if err != nil {
				return rec, fmt.Errorf("line %d: %w", e.Line, err)
			}
			form.Event = raw
			rec.Bodies++
		}
		raw, err := json.Marshal(form)
		if err != nil {
			return rec, err
		}
		out.Write(append(raw, '\n'))
		cases[e.Cover.Case] = true
	}
	rec.Events, rec.Cases, rec.TamperEvident, rec.EventsSHA256 = len(entries), len(cases), false, digest(out.Bytes())
	raw, err := json.MarshalIndent(rec, "", "  ")
	if err != nil {
		return rec, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return rec, err
	}
	if err := renameio.WriteFile(filepath.Join(dir, eventsFile), out.Bytes(), 0o644); err != nil {
		return rec, err
	}
	return rec, renameio.WriteFile(filepath.Join(dir, recordFile), append(raw, '\n'), 0o644)
}

// Is reports whether a directory holds an import.
func Is(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, recordFile))
	return err == nil
}

// Read returns what was imported into a directory, in the order of case, State and sequence. Errors name the line.
func Read(dir string) ([]Entry, Record, error) {
	var rec Record
	raw, err := os.ReadFile(filepath.Join(dir, recordFile))
	if err != nil {
		return nil, rec, fmt.Errorf("%s holds no import: %w", dir, err)
	}
	if err := json.Unmarshal(raw, &rec); err != nil || rec.TamperEvident {
		return nil, rec, fmt.Errorf("%s: not the record of an import", filepath.Join(dir, recordFile))
	}
	name := filepath.Join(dir, eventsFile)
	if raw, err = os.ReadFile(name); err != nil {
		return nil, rec, err
	}
	if digest(raw) != rec.EventsSHA256 {
		return nil, rec, fmt.Errorf("%s is not what was imported; import it again", name)
	}
	entries, err := readEntries(bytes.NewReader(raw))
	if err != nil {
		return nil, rec, fmt.Errorf("%s: %w", name, err)
	}
	return entries, rec, nil
}

func readEntries(in io.Reader) ([]Entry, error) {
	var out []Entry
	s := bufio.NewScanner(in)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		d := json.NewDecoder(bytes.NewReader(s.Bytes()))
		d.DisallowUnknownFields()
		var form entryForm
		err := d.Decode(&form)
		if err == nil && form.TamperEvident {
			err = errors.New("it claims to be tamper-evident, which no import is")
		}
		e := Entry{Cover: form.Cover, Line: form.Line}
		if err == nil && len(form.Event) > 0 && string(form.Event) != "null" {
			e.Event = &mla.Event{}
			if err = json.Unmarshal(form.Event, e.Event); err == nil && !sameCover(e.Event.Cover(), e.Cover) {
				err = errors.New("the event is not that of its cover")
			}
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, e)
	}
	return out, s.Err()
}

func sameCover(a, b mla.Cover) bool {
	x, err := mla.Canonical(a)
	y, also := mla.Canonical(b)
	return err == nil && also == nil && bytes.Equal(x, y)
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// FromFile imports a file, by the form that its name ends with, under the mapping in another.
func FromFile(file, mappingFile string) ([]Entry, Record, error) {
	form := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	if !slices.Contains(Sources, form) {
		return nil, Record{}, fmt.Errorf("%s: want a file that ends in .csv or .xes", file)
	}
	mapping, err := readMapping(mappingFile)
	if err != nil {
		return nil, Record{}, err
	}
	m, err := ParseMapping(mapping)
	if err != nil {
		return nil, Record{}, fmt.Errorf("%s: %w", mappingFile, err)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, Record{}, err
	}
	sum := sha256.New()
	entries, skipped, err := Parse(form, io.TeeReader(f, sum), m)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, Record{}, fmt.Errorf("%s: %w", file, err)
	}
	return entries, Record{
		Source: filepath.Base(file), SourceSHA256: hex.EncodeToString(sum.Sum(nil)), MappingSHA256: digest(mapping), Skipped: skipped,
	}, nil
}

// readMapping reads a mapping file, or enough of it to see that it is none.
func readMapping(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxMapping+1))
	return raw, errors.Join(err, f.Close())
}

// Span is between which times the entries lie.
func Span(entries []Entry) (from, to time.Time) {
	for i, e := range entries {
		if at := e.Cover.At; i == 0 || at.Before(from) {
			from = at
		}
		if at := e.Cover.At; i == 0 || at.After(to) {
			to = at
		}
	}
	return from, to
}
