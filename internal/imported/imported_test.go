package imported

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
)

const mapping = `case: Case
time: When
party: {value: birch}
kind:
  column: Activity
  values: {Received: RequestSubmitted, Reviewed: ReviewPerformed, Closed: CaseClosed, Imposed: ConfidentialityImposed}
actor: {column: Who, role: central-authority, roles: {bob: court}}
attributes:
  ReviewPerformed:
    minutes: Result
    checks: {value: "form; content"}
  CaseClosed:
    outcome: {column: Result, values: {done: granted}}
  ConfidentialityImposed:
    order: {value: o-1}
    "on": {value: Parlo}
    basis: {value: ""}
    expires_at: Result
    persons: {value: "1"}
`

const table = `Case,When,Activity,Who,Result
B/1,2024-06-01,Closed,bob,done
B/1,2024-05-01 10:00,Received,anna,
A,2024-05-03,Reviewed,anna,30
B/1,2024-05-02T00:00:00+02:00,Imposed,anna,2025-05-02
`

const xes = `<?xml version="1.0"?>
<log xes.version="2.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="x"/></global>
  <string key="concept:name" value="a log"/>
  <trace>
    <string key="concept:name" value="B/1"/>
    <event>
      <string key="concept:name" value="Closed"/><date key="time:timestamp" value="2024-06-01T00:00:00.000+00:00"/>
      <string key="org:resource" value="bob"><string key="deep" value="x"/></string><string key="Result" value="done"/>
    </event>
  </trace>
</log>`

func parsed(t testing.TB, text string) *Mapping {
	t.Helper()
	m, err := ParseMapping([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestATableIsReadInTheOrderOfItsTimes(t *testing.T) {
	got, skipped, err := Parse("csv", strings.NewReader("\ufeff"+table), parsed(t, mapping))
	if err != nil || skipped != 0 {
		t.Fatal(err, skipped)
	}
	var lines []string
	for _, e := range got {
		line := mla.EventID(e.Cover.Case, e.Cover.Party, e.Cover.Sequence) + " " + e.Cover.At.Format("2006-01-02T15:04") + " " + string(e.Cover.Kind)
		if e.Event != nil {
			line += " " + e.Event.Actor.String()
		}
		lines = append(lines, line)
	}
	want := []string{
		"A/birch/0 2024-05-03T00:00 ReviewPerformed central-authority@birch",
		"B%2F1/birch/0 2024-05-01T10:00 RequestSubmitted", // no body is mapped: a cover
		"B%2F1/birch/1 2024-05-01T22:00 ConfidentialityImposed central-authority@birch",
		"B%2F1/birch/2 2024-06-01T00:00 CaseClosed court@birch",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if b := got[0].Event.Body.(mla.ReviewPerformedBody); b.Minutes != 30 || len(b.Checks) != 2 || b.Checks[1] != "content" {
		t.Errorf("body %+v", b)
	}
	if b := got[2].Event.Body.(mla.ConfidentialityImposedBody); b.ExpiresAt == nil || b.ExpiresAt.Year() != 2025 {
		t.Errorf("body %+v", b)
	}
}

func TestALetterIsMappedFieldByField(t *testing.T) {
	m := parsed(t, mapping+`  RequestSubmitted:
    request.requesting: {value: cassia}
    request.requested: {value: birch}
    request.instruments: {value: "uncc; budapest"}
    request.scope.persons: {value: "3"}
    facts: {value: ""}
    submission: {value: "1"}
`)
	got, _, err := Parse("csv", strings.NewReader(table), m)
	if err != nil {
		t.Fatal(err)
	}
	b, ok := got[1].Event.Body.(mla.RequestSubmittedBody)
	if !ok || b.Request.Requesting != "cassia" || len(b.Request.Instruments) != 2 || b.Request.Scope.Persons != 3 || len(b.Facts) != 0 {
		t.Errorf("%+v", b)
	}
}

func TestXESIsReadAsATable(t *testing.T) {
	text := strings.NewReplacer("case: Case", `case: "case:concept:name"`, "time: When", `time: "time:timestamp"`, "column: Activity", `column: "concept:name"`,
		"column: Who", `column: "org:resource"`).Replace(mapping)
	got, _, err := Parse("xes", strings.NewReader(xes), parsed(t, text))
	if err != nil || len(got) != 1 || got[0].Line != 8 || got[0].Event == nil || got[0].Event.Actor.Role != mla.Court {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestWhatIsImportedIsMarkedAndReadBack(t *testing.T) {
	entries, _, err := Parse("csv", strings.NewReader(table), parsed(t, mapping))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "new")
	rec, err := Write(dir, entries, Record{Source: "a.csv"})
	if err != nil || rec.Events != 4 || rec.Bodies != 3 || rec.Cases != 2 || rec.TamperEvident {
		t.Fatalf("%+v, %v", rec, err)
	}
	got, again, err := Read(dir)
	if err != nil || again != rec {
		t.Fatalf("%+v, %v", again, err)
	}
	same := cmp.Comparer(func(a, b mla.Value) bool { return a == b })
	if diff := cmp.Diff(entries, got, same); diff != "" {
		t.Errorf("(-written +read)\n%s", diff)
	}
	raw, err := os.ReadFile(filepath.Join(dir, eventsFile))
	if err != nil || bytes.Count(raw, []byte(`"tamper_evident":false`)) != 4 {
		t.Errorf("not every line says that it is not tamper-evident: %s, %v", raw, err)
	}
	if _, err := Write(dir, entries, Record{}); err == nil {
		t.Error("an import was written over another")
	}
	if err := os.WriteFile(filepath.Join(dir, eventsFile), append(raw, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "import it again") {
		t.Errorf("changed events: %v", err)
	}
	if _, _, err := Read(t.TempDir()); err == nil {
		t.Error("nothing was read as an import")
	}
}

func TestAMappingIsText(t *testing.T) {
	for _, raw := range []string{"case: Caf\xe9\n", "case: A\x00\n"} {
		if _, err := ParseMapping([]byte(raw)); err == nil || err.Error() != "the mapping is no text: save it as plain UTF-8" {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestFaultsNameTheirLine(t *testing.T) {
	edit := func(s, old, new string) string {
		if !strings.Contains(s, old) {
			t.Fatalf("no %q to replace", old)
		}
		return strings.Replace(s, old, new, 1)
	}
	for _, c := range []struct{ form, mapping, text, want string }{
		{"csv", mapping, edit(table, "Reviewed", "Phoned"), `line 4: the mapping does not say which kind "Phoned" is`},
		{"csv", mapping, edit(table, "2024-05-03", "3.5.2024"), `line 4: When: "3.5.2024" is no time`},
		{"csv", mapping, edit(table, ",30", ",half an hour"), `line 4: minutes of ReviewPerformed: "half an hour" is no whole number`},
		{"csv", mapping, edit(table, "A,", ","), "line 4: case"},
		{"csv", mapping, edit(table, "Case,", "Fall,"), `line 2: case`},
		{"csv", mapping, edit(table, "When,", "Wann,"), `line 2: there is no "When"`},
		{"csv", mapping, edit(table, "Who", "When"), `line 1: two columns are named "When"`},
		{"csv", mapping, table + "A,2024\n", "line 6: wrong number of fields"},
		{"csv", mapping, table + "\"", "line 6"},
		{"csv", mapping, "", "line 1: the file is empty"},
		{"csv", mapping, table + strings.Repeat("x", 2*maxValue), "more than 65536 bytes"},
		{"xes", mapping, "<html/>", "line 1: no XES"},
		{"xes", mapping, "", "line 1: no XES"},
		{"xes", mapping, "<log><trace>", "ends within a trace"},
		{"xes", mapping, "<log><trace>" + strings.Repeat("x", 2*maxValue), "more than 65536 bytes"},
	} {
		_, _, err := Parse(c.form, strings.NewReader(c.text), parsed(t, c.mapping))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: %v, want %q", c.text, err, c.want)
		}
	}
	for _, c := range []struct{ old, new, want string }{
		{"case: Case", "cas: Case", "unknown field"},
		{"case: Case\n", "", "it must say where case, time, party and kind come from"},
		{"Closed: CaseClosed", "Closed: CaseShut", `"CaseShut" is no kind`},
		{"role: central-authority", "role: clerk", `"clerk" is no role`},
		{"    minutes: Result\n", "", "say what minutes is"},
		{"minutes: Result", "minute: Result", "there is no field minute"},
		{"minutes: Result", "minutes: {}", "give a column or a value"},
		{"  CaseClosed:\n", "  RequestSubmitted: {request: Who, facts: {value: \"\"}, submission: {value: \"1\"}}\n  CaseClosed:\n", "request is more than a value"},
		{"time: When", "time: {column: When, zone: Nowhere/Land}", "time.zone"},
		{"  CaseClosed:\n", "  CaseShut:\n", `"CaseShut" is no kind`},
	} {
		_, err := ParseMapping([]byte(edit(mapping, c.old, c.new)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.new, err, c.want)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("\"\n\",\"\"\"\n"))
	m := parsed(f, mapping)
	f.Fuzz(func(t *testing.T, raw []byte) { fuzzed(t, "csv", raw, m) })
}

func FuzzXES(f *testing.F) {
	f.Add([]byte(xes))
	f.Add([]byte("<log><trace><event></trace></event></log>"))
	m := parsed(f, strings.NewReplacer("case: Case", `case: "case:concept:name"`, "time: When", `time: "time:timestamp"`, "column: Activity", `column: "concept:name"`).Replace(mapping))
	f.Fuzz(func(t *testing.T, raw []byte) { fuzzed(t, "xes", raw, m) })
}

// fuzzed imports what any bytes hold, and wants back what it wrote.
func fuzzed(t *testing.T, form string, raw []byte, m *Mapping) {
	entries, _, err := Parse(form, bytes.NewReader(raw), m)
	if err != nil {
		return
	}
	dir := t.TempDir()
	if _, err := Write(dir, entries, Record{}); err != nil {
		t.Fatal(err)
	}
	got, _, err := Read(dir)
	if err != nil || len(got) != len(entries) {
		t.Errorf("%q: %d entries, read back %d, %v", raw, len(entries), len(got), err)
	}
}

func FuzzMapping(f *testing.F) {
	f.Add([]byte(mapping))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := ParseMapping(raw)
		if err != nil {
			return
		}
		// An error is fine here; only a panic is not.
		_, _, _ = Parse("csv", strings.NewReader(table), m)
	})
}

// FuzzEntries gives any bytes to the reader of imported events.
func FuzzEntries(f *testing.F) {
	entries, _, err := Parse("csv", strings.NewReader(table), parsed(f, mapping))
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	if _, err := Write(dir, entries, Record{}); err != nil {
		f.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, eventsFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := readEntries(bytes.NewReader(raw))
		for _, e := range got {
			if err == nil && e.Event != nil && e.Event.Kind != e.Cover.Kind {
				t.Errorf("an event of %s under a cover of %s", e.Event.Kind, e.Cover.Kind)
			}
		}
	})
}
