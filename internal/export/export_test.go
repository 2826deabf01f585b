package export

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/parquet-go/parquet-go"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

const schemaFile = "../../../shared/schemas/ocel2.schema.json"

// logs writes two logs of some cases, and returns them with the keys of the roles that read them.
func logs(t testing.TB, cases int, roles ...mla.Role) []Log {
	t.Helper()
	var out []Log
	keys, err := auditlog.GenerateKeys()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []mla.State{"alder", "cassia"} {
		dir := filepath.Join(t.TempDir(), string(s))
		l, err := auditlog.Open(t.Context(), dir, auditlog.Options{
			Party: s, Origin: "rogatory.example/" + string(s), Seed: []byte("a seed of thirty-two bytes, more"), Recipients: keys.Recipients(),
		})
		if err != nil {
			t.Fatal(err)
		}
		for n := range cases {
			if _, err := l.Append(t.Context(), course(fmt.Sprintf("c-%d", n), s)); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		var ids []age.Identity
		ids = append(ids, keys.Identities(roles...)...)
		out = append(out, Log{dir, ids})
	}
	return out
}

// course is one case on one log: an event of each kind that has objects of its own.
func course(caseID string, s mla.State) []mla.Event {
	when := time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC)
	end := when.AddDate(1, 0, 0)
	g := []mla.Ground{{Rule: "uncc-40-21-b", Article: "uncc 40(21)(b)"}}
	letter := mla.Request{Reference: caseID, Requesting: "cassia", Requested: "alder", Person: "P-1", Measure: mla.Produce}
	var out []mla.Event
	for n, b := range []mla.Body{
		mla.RequestSubmittedBody{Request: letter, Facts: mla.Facts{"conduct.intent": mla.Bool(true)}, Submission: 1},
		mla.GroundConsideredBody{Ground: g[0], Raised: true},
		mla.DecidedBody{Outcome: mla.Granted, Grounds: g, Departures: g, Final: true},
		mla.ConfidentialityImposedBody{Order: "o-1", On: "Parlo <&\"> ünï", Persons: 3, ExpiresAt: &end},
		mla.ConfidentialityImposedBody{Order: "o-2", On: "Parlo", Persons: 3},
		mla.OrderServedBody{Order: "o-1", Provider: "Parlo", ChallengeAvailable: true},
		mla.ProducedBody{Order: "o-1", Evidence: mla.Evidence{ID: "e-1", Records: 3}},
		mla.TransmittedBody{Evidence: mla.Evidence{ID: "e-1", Records: 3}},
		mla.SubjectNotifiedBody{Person: "P-1", Persons: 1},
		mla.CaseClosedBody{Outcome: mla.Granted},
	} {
		readers := [][]mla.Role{{mla.Auditor, mla.CentralAuthority}, {mla.CentralAuthority}}[n%2]
		out = append(out, mla.Event{
			Case: caseID, Party: s, Sequence: n, At: when.AddDate(0, 0, n), Actor: mla.Actor{Role: mla.CentralAuthority, State: s},
			Kind: b.Kind(), Articles: []string{"uncc 40(1)", "uncc 40(15)"}, Policy: "b5a1", Readers: readers, Body: b,
		})
	}
	return out
}

func write(t testing.TB, all []Log, f Format) (string, Summary) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "out")
	sum, err := Write(t.Context(), all, f, to)
	if err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	return to, sum
}

func TestTheSameLogsGiveTheSameBytesInEveryFormat(t *testing.T) {
	all := logs(t, 3, mla.Auditor)
	for _, f := range Formats {
		one, sum := write(t, all, f)
		other, _ := write(t, all, f)
		a, b := read(t, one), read(t, other)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two exports differ", f)
		}
		if sum.Events != 60 || sum.Opened != 30 || sum.Cases != 3 {
			t.Errorf("%s: %+v", f, sum)
		}
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

type ocel struct {
	EventTypes, ObjectTypes []ocelType
	Events                  []ocelEvent
	Objects                 []ocelObject
}

func TestOCELValidates(t *testing.T) {
	file, sum := write(t, logs(t, 3, mla.Auditor, mla.CentralAuthority), OCELJSON)
	raw := read(t, file)
	var o ocel
	if err := json.Unmarshal(raw, &o); err != nil {
		t.Fatal(err)
	}
	if len(o.Events) != sum.Events || len(o.Objects) != sum.Objects || sum.Opened != sum.Events {
		t.Errorf("%d events and %d objects, summed up as %+v", len(o.Events), len(o.Objects), sum)
	}
	schema, err := os.ReadFile(schemaFile)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the OCEL 2.0 schema is not here")
	}
	var s, v any
	if err := errors.Join(err, json.Unmarshal(schema, &s), json.Unmarshal(raw, &v)); err != nil {
		t.Fatal(err)
	}
	if err := valid(s.(map[string]any), v, "$"); err != nil {
		t.Error(err)
	}
	if err := valid(s.(map[string]any), map[string]any{"events": []any{map[string]any{"id": 1}}}, "$"); err == nil {
		t.Error("the checker of schemas takes what is not OCEL")
	}

	// What the schema cannot say: ids are unique, types and attributes declared, and relations end at objects.
	types, attributes := map[string]bool{}, map[string]bool{}
	for _, t := range append(o.EventTypes, o.ObjectTypes...) {
		types[t.Name] = true
		for _, a := range t.Attributes {
			attributes[t.Name+" "+a.Name] = true
		}
	}
	objects, events := map[string]string{}, map[string]bool{}
	for _, x := range o.Objects {
		if objects[x.ID] != "" || !types[x.Type] {
			t.Errorf("object %s of type %s: twice, or of no declared type", x.ID, x.Type)
		}
		objects[x.ID] = x.Type
	}
	met := map[string]bool{}
	for _, e := range o.Events {
		if events[e.ID] || !types[e.Type] {
			t.Errorf("event %s of type %s: twice, or of no declared type", e.ID, e.Type)
		}
		events[e.ID] = true
		for _, a := range e.Attributes {
			if !attributes[e.Type+" "+a.Name] {
				t.Errorf("event %s: attribute %s is not declared", e.ID, a.Name)
			}
		}
		for _, r := range e.Relationships {
			met[objects[r.Object]] = true
		}
	}
	for _, x := range o.Objects {
		for _, r := range x.Relationships {
			met[objects[r.Object]] = true
		}
	}
	if met[""] {
		t.Error("a relation ends at no object")
	}
	for _, want := range objectTypes {
		if !met[want] {
			t.Errorf("no event is about a %s", want)
		}
	}
}

// valid checks a value by the part of JSON Schema that OCEL's uses: type, properties, items, required, and date-time.
func valid(schema map[string]any, v any, at string) error {
	switch schema["type"] {
	case "object":
		o, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: want an object", at)
		}
		required, _ := schema["required"].([]any)
		for _, r := range required {
			if _, there := o[r.(string)]; !there {
				return fmt.Errorf("%s: no %s", at, r)
			}
		}
		properties, _ := schema["properties"].(map[string]any)
		for name, sub := range properties {
			if x, there := o[name]; there {
				if err := valid(sub.(map[string]any), x, at+"."+name); err != nil {
					return err
				}
			}
		}
	case "array":
		all, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%s: want an array", at)
		}
		for i, x := range all {
			if err := valid(schema["items"].(map[string]any), x, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case "string":
		s, ok := v.(string)
		if !ok {
			return fmt.Errorf("%s: want a string", at)
		}
		if schema["format"] == "date-time" {
			if _, err := time.Parse(time.RFC3339, s); err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
		}
	default:
		return fmt.Errorf("%s: the checker of schemas does not know type %v", at, schema["type"])
	}
	return nil
}

func TestOCELAsADatabaseKeepsItsConstraintsAndIsTheSameLog(t *testing.T) {
	all := logs(t, 3, mla.Auditor)
	file, sum := write(t, all, OCELSQLite)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	number := func(query string) (n int) {
		t.Helper()
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return n
	}
	if rows, err := db.Query("PRAGMA foreign_key_check"); err != nil || rows.Next() {
		t.Errorf("a foreign key leads nowhere: %v", err)
	} else {
		rows.Close()
	}
	if n := number("SELECT count(*) FROM event"); n != sum.Events {
		t.Errorf("%d events, want %d", n, sum.Events)
	}
	if n := number("SELECT count(*) FROM object"); n != sum.Objects {
		t.Errorf("%d objects, want %d", n, sum.Objects)
	}
	for _, kind := range []string{"event", "object"} {
		inTables := 0
		rows, err := db.Query("SELECT ocel_type, ocel_type_map FROM " + kind + "_map_type")
		if err != nil {
			t.Fatal(err)
		}
		tables := map[string]string{}
		for rows.Next() {
			var name, table string
			if err := rows.Scan(&name, &table); err != nil {
				t.Fatal(err)
			}
			tables[name] = table
		}
		rows.Close()
		for name, table := range tables {
			n := number(fmt.Sprintf("SELECT count(*) FROM \"%s_%s\" JOIN %[1]s USING (ocel_id) WHERE ocel_type = '%[3]s'", kind, table, name))
			if all := number(fmt.Sprintf("SELECT count(*) FROM \"%s_%s\"", kind, table)); all != n {
				t.Errorf("table of %s holds %d of other types", name, all-n)
			}
			inTables += n
		}
		if all := number("SELECT count(*) FROM " + kind); all != inTables {
			t.Errorf("%d %ss, %d in the tables of their types", all, kind, inTables)
		}
	}
	if n := number("SELECT count(*) FROM event_ConfidentialityImposed WHERE sealed AND expires_at IS NULL"); n == 0 {
		t.Error("no sealed event")
	}

	// The JSON is the same log.
	json1, _ := write(t, all, OCELJSON)
	var o ocel
	if err := json.Unmarshal(read(t, json1), &o); err != nil {
		t.Fatal(err)
	}
	relations := 0
	for _, e := range o.Events {
		relations += len(e.Relationships)
	}
	if n := number("SELECT count(*) FROM event_object"); n != relations {
		t.Errorf("%d relations of events, in JSON %d", n, relations)
	}
}

func TestEveryFormatHoldsEveryEventWithItsLeaf(t *testing.T) {
	all := logs(t, 2, mla.Auditor)
	file, sum := write(t, all, CSV)
	lines, err := csv.NewReader(bytes.NewReader(read(t, file))).ReadAll()
	if err != nil || len(lines) != 1+sum.Events {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	leaves := map[string]bool{}
	sealed := 0
	for _, l := range lines[1:] {
		leaves[l[0]+" "+l[1]+" "+l[2]] = true
		if l[10] == "true" {
			sealed++
			if l[11]+l[16] != "" {
				t.Errorf("a sealed event shows %q", l)
			}
		}
	}
	if len(leaves) != sum.Events || sealed != sum.Events-sum.Opened {
		t.Errorf("%d leaves, %d sealed, summed up as %+v", len(leaves), sealed, sum)
	}
	file, _ = write(t, all, Parquet)
	rows, err := parquet.ReadFile[parquetRow](file)
	if err != nil || len(rows) != sum.Events {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, r := range rows {
		if !leaves[fmt.Sprintf("%s %d %s", r.Log, r.Index, r.Leaf)] || r.At.Format(instant) != lines[i+1][7] || strings.Join(r.Readers, " ") != lines[i+1][9] {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	file, _ = write(t, all, XES)
	traces, events := 0, 0
	last := ""
	for d := xml.NewDecoder(bytes.NewReader(read(t, file))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "trace":
			traces, last = traces+1, ""
		case start.Name.Local == "event":
			events++
		case start.Name.Local == "date" && traces > 0 && start.Attr[0].Value == "time:timestamp":
			if start.Attr[1].Value < last {
				t.Errorf("time runs back in a trace: %s after %s", start.Attr[1].Value, last)
			}
			last = start.Attr[1].Value
		}
	}
	if traces != 2 || events != sum.Events {
		t.Errorf("%d traces and %d events", traces, events)
	}
}

func TestNothingIsWrittenOfALogThatIsNotWhole(t *testing.T) {
	all := logs(t, 2, mla.Auditor)
	to := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(to, []byte("as before"), 0o600); err != nil {
		t.Fatal(err)
	}
	bundles, err := filepath.Glob(filepath.Join(all[1].Dir, "tile/entries/000.p/*"))
	if err != nil || len(bundles) != 1 {
		t.Fatal(bundles, err)
	}
	raw := read(t, bundles[0])
	raw[len(raw)-20] ^= 1
	if err := os.WriteFile(bundles[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats {
		if _, err := Write(t.Context(), all, f, to); err == nil || !strings.Contains(err.Error(), all[1].Dir) {
			t.Errorf("%s: %v", f, err)
		}
		if string(read(t, to)) != "as before" {
			t.Fatalf("%s: something was written", f)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Write(ended, all[:1], CSV, to); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(to), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestNoDetailOfABodyHasTheNameOfWhatEveryEventHas(t *testing.T) {
	for _, k := range mla.Kinds {
		seen := map[string]bool{}
		for _, a := range declared(k) {
			if seen[strings.ToLower(a.Name)] {
				t.Errorf("%s has two attributes %s", k, a.Name)
			}
			seen[strings.ToLower(a.Name)] = true
		}
		if !slices.ContainsFunc(declared(k), func(a attribute) bool { return a.Name == "leaf" }) {
			t.Errorf("%s has no leaf", k)
		}
	}
}

// BenchmarkOCEL exports the rows of many cases from the stage on: what reading the logs costs is verify's to measure.
func BenchmarkOCEL(b *testing.B) {
	const cases = 50_000 // of twenty events each: a million
	for _, f := range []Format{OCELJSON, OCELSQLite, CSV, Parquet} {
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				peak := watch(b)
				s, err := newStage(b.TempDir(), cases*20)
				if err != nil {
					b.Fatal(err)
				}
				for n := range cases {
					for _, party := range []mla.State{"alder", "cassia"} {
						for _, e := range course(fmt.Sprintf("c-%06d", n), party) {
							r, err := rowOf("rogatory.example/"+string(party), sighting(e))
							if err != nil {
								b.Fatal(err)
							}
							if err := s.add(r); err != nil {
								b.Fatal(err)
							}
						}
					}
				}
				out, err := os.Create(filepath.Join(b.TempDir(), "out"))
				if err != nil {
					b.Fatal(err)
				}
				var sum Summary
				if err := errors.Join(sum.fill(b.Context(), f, out, s), out.Close(), s.close()); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(peak())/(1<<20), "MiB-heap")
			}
			b.ReportMetric(float64(b.N)*cases*20/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// watch measures the largest heap until its result is asked for.
func watch(b *testing.B) func() uint64 {
	runtime.GC()
	var most atomic.Uint64
	stop := make(chan struct{})
	go func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse))
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return most.Load() }
}
