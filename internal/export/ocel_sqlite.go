package export

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"rogatory/internal/mla"
)

// ocelSQLite writes OCEL 2.0 as a SQLite database, in one transaction.
type ocelSQLite struct {
	db    *sql.DB
	tx    *sql.Tx
	kinds map[string]*kindTable
	types map[string]*sql.Stmt

	event, object, eventObject, objectObject *sql.Stmt
}

// kindTable is the table of the events of one kind.
type kindTable struct {
	insert  *sql.Stmt
	columns []attribute
}

// sqlTypes are the types of columns.
var sqlTypes = map[string]string{typeText: "TEXT", typeInteger: "INTEGER", typeBoolean: "BOOLEAN", typeTime: "TIMESTAMP"}

// ocelTables are those that every OCEL has. Their keys state the format's constraints.
const ocelTables = `
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
  ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id), ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
  ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id), ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
`

// mapped is the name of a type in the names of tables.
func mapped(name string) string {
	var out strings.Builder
	for word := range strings.FieldsSeq(name) {
		out.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return out.String()
}

func newOCELSQLite(file string) (writer, error) {
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	o := &ocelSQLite{db: db, kinds: map[string]*kindTable{}, types: map[string]*sql.Stmt{}}
	if err := o.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("SQLite: %w", err), db.Close())
	}
	return o, nil
}

func (o *ocelSQLite) begin() (err error) {
	// Until it is renamed nobody but us reads the file, and a half one is thrown away.
	for _, pragma := range []string{"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -65536"} {
		if _, err := o.db.Exec(pragma); err != nil {
			return err
		}
	}
	if o.tx, err = o.db.Begin(); err != nil {
		return err
	}
	script := ocelTables
	for _, k := range mla.Kinds {
		script += fmt.Sprintf("INSERT INTO event_map_type VALUES ('%s', '%s');\nCREATE TABLE \"event_%[2]s\" (ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id), ocel_time TIMESTAMP NOT NULL", k, mapped(string(k)))
		for _, a := range declared(k) {
			script += fmt.Sprintf(", %q %s", a.Name, sqlTypes[a.Type])
		}
		script += ");\n"
	}
	for _, name := range objectTypes {
		script += fmt.Sprintf("INSERT INTO object_map_type VALUES ('%s', '%s');\nCREATE TABLE \"object_%[2]s\" (ocel_id TEXT NOT NULL REFERENCES object (ocel_id), ocel_time TIMESTAMP NOT NULL, ocel_changed_field TEXT, PRIMARY KEY (ocel_id, ocel_time));\n", name, mapped(name))
	}
	if _, err := o.tx.Exec(script); err != nil {
		return err
	}
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&o.event, "INSERT INTO event VALUES (?, ?)"}, {&o.object, "INSERT INTO object VALUES (?, ?)"},
		{&o.eventObject, "INSERT INTO event_object VALUES (?, ?, ?)"}, {&o.objectObject, "INSERT INTO object_object VALUES (?, ?, ?)"},
	} {
		if *s.to, err = o.tx.Prepare(s.query); err != nil {
			return err
		}
	}
	for _, k := range mla.Kinds {
		t := &kindTable{columns: declared(k)}
		t.insert, err = o.tx.Prepare(fmt.Sprintf("INSERT INTO \"event_%s\" VALUES (?, ?%s)", mapped(string(k)), strings.Repeat(", ?", len(t.columns))))
		if err != nil {
			return err
		}
		o.kinds[string(k)] = t
	}
	for _, name := range objectTypes {
		if o.types[name], err = o.tx.Prepare(fmt.Sprintf("INSERT INTO \"object_%s\" VALUES (?, '1970-01-01T00:00:00Z', NULL)", mapped(name))); err != nil {
			return err
		}
	}
	return nil
}

func (o *ocelSQLite) write(rows []row, fresh []object) error {
	run := func(s *sql.Stmt, args ...any) error {
		_, err := s.Exec(args...)
		return err
	}
	for _, t := range fresh {
		if err := errors.Join(run(o.object, t.ID, t.Type), run(o.types[t.Type], t.ID)); err != nil {
			return err
		}
	}
	for _, t := range fresh {
		for _, rel := range ties(t, rows) {
			if err := run(o.objectObject, t.ID, rel.Object.ID, rel.Qualifier); err != nil {
				return err
			}
		}
	}
	for _, r := range rows {
		values := map[string]string{}
		for _, a := range r.attributes() {
			values[a.Name] = a.Value
		}
		table := o.kinds[r.Kind]
		args := []any{r.Event, r.At.Format(instant)}
		for _, c := range table.columns {
			switch v, there := values[c.Name]; {
			case !there:
				args = append(args, nil)
			case c.Type == typeBoolean:
				args = append(args, v == "true")
			default:
				args = append(args, v)
			}
		}
		if err := errors.Join(run(o.event, r.Event, r.Kind), run(table.insert, args...)); err != nil {
			return err
		}
		for _, rel := range r.Objects {
			if err := run(o.eventObject, r.Event, rel.Object.ID, rel.Qualifier); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *ocelSQLite) close() error { return errors.Join(o.tx.Commit(), o.db.Close()) }
