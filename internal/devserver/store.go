package devserver

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/metrics"
	"go.temporal.io/server/common/persistence"
	"go.temporal.io/server/common/persistence/serialization"
	temporalsql "go.temporal.io/server/common/persistence/sql"
	"go.temporal.io/server/common/persistence/sql/sqlplugin"
	plugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/resolver"
	"go.temporal.io/server/common/searchattribute/sadefs"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
)

// retention is how long a closed workflow stays in the store. Temporal's minimum for a store that people look into is a day.
const retention = 365 * 24 * time.Hour

// Stamps in the header of our SQLite files, which tell them from other files and from those of another schema.
const (
	applicationID = 0x526F6761 // "Roga"
	schemaFormat  = 1          // raise it when Temporal's SQLite schema changes
)

// ErrLocked is wrapped by the error of a Start on a file that a running server holds.
var ErrLocked = errors.New("file is in use by another server")

// starts numbers the stores of this process. Temporal shares connections by data source name and never closes them: a name of
// its own keeps a store from meeting the connection of a stopped one, whose file may be gone.
var starts atomic.Int64

// store is an open SQLite store with schema and namespace in place.
type store struct {
	sql  *config.SQL
	lock *fileLock
}

// openStore opens the store that the options name. The caller releases its lock.
func openStore(ctx context.Context, o Options) (*store, error) {
	number := strconv.FormatInt(starts.Add(1), 10)
	st := &store{sql: &config.SQL{
		PluginName:        plugin.PluginName,
		DatabaseName:      "rogatory-" + number,
		ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
	}}
	if o.File != "" {
		if err := st.openFile(ctx, o.File, number); err != nil {
			return nil, fmt.Errorf("opening %s: %w", o.File, err)
		}
	}
	if err := registerNamespace(ctx, st.sql, o.Namespace, o.SearchAttributes); err != nil {
		st.lock.release()
		return nil, fmt.Errorf("registering namespace %q: %w", o.Namespace, err)
	}
	return st, nil
}

func (st *store) openFile(ctx context.Context, file, number string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if st.lock, err = acquire(path + ".lock"); err != nil {
		return err
	}
	if err := createSchema(ctx, path); err != nil {
		st.lock.release()
		return err
	}
	st.sql.DatabaseName = escape(path)
	st.sql.ConnectAttributes = map[string]string{
		"mode":         "rw",
		"journal_mode": "wal",
		"synchronous":  "normal", // whole after a kill; a power cut may take the last moments
		"busy_timeout": "5000",
		"setup":        number, // other than "true" it means nothing, but makes this name unlike any other
	}
	// A stopped server's connection closes by itself after this time. A running one opens the file anew, which is cheap.
	st.sql.MaxConnLifetime = time.Minute
	return nil
}

// escape writes a path as SQLite's URIs want it.
func escape(path string) string {
	return (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
}

// createSchema makes the file a store, in one transaction, unless it is one. It leaves files alone that are something else.
func createSchema(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", "file:"+escape(path)+"?mode=rwc&_txlock=immediate")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()

	var app, format, tables int
	for query, to := range map[string]*int{
		"PRAGMA application_id":              &app,
		"PRAGMA user_version":                &format,
		"SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return err
		}
	}
	switch {
	case tables > 0 && app != applicationID:
		return errors.New("it is an SQLite file of some other program; name another file")
	case tables > 0 && format != schemaFormat:
		return fmt.Errorf("it has schema format %d, this program reads %d; name another file", format, schemaFormat)
	case tables > 0:
		return nil
	}
	if err := sqlite.SetupSchemaOnDB(schemaDB{ctx: ctx, tx: tx}); err != nil {
		return err
	}
	for _, stamp := range []string{
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", schemaFormat),
	} {
		if _, err := tx.ExecContext(ctx, stamp); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// schemaDB lets Temporal's schema be created inside our transaction. Only Exec is called.
type schemaDB struct {
	sqlplugin.AdminDB
	ctx context.Context
	tx  *sql.Tx
}

func (db schemaDB) Exec(statement string, args ...any) error {
	_, err := db.tx.ExecContext(db.ctx, statement, args...)
	return err
}

// registerNamespace writes the namespace and its search attributes, before any server has them in a cache.
func registerNamespace(ctx context.Context, cfg *config.SQL, name string, attributes map[string]enumspb.IndexedValueType) error {
	db, err := temporalsql.NewSQLDB(sqlplugin.DbKindMain, cfg, resolver.NewNoopResolver(), log.NewNoopLogger(), metrics.NoopMetricsHandler)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()

	rows, err := db.SelectFromNamespace(ctx, sqlplugin.NamespaceFilter{Name: &name})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if len(rows) == 0 {
		ns, err := sqlite.NewNamespaceConfig(clusterName, name, false, nil)
		if err != nil {
			return err
		}
		ns.Detail.Config.Retention = durationpb.New(retention)
		ns.Detail.Config.CustomSearchAttributeAliases, err = assignFields(nil, attributes)
		if err != nil {
			return err
		}
		return sqlite.CreateNamespaces(cfg, ns)
	}

	row := rows[0]
	serializer := serialization.NewSerializer()
	detail, err := serializer.NamespaceDetailFromBlob(persistence.NewDataBlob(row.Data, row.DataEncoding))
	if err != nil {
		return err
	}
	aliases, err := assignFields(detail.GetConfig().GetCustomSearchAttributeAliases(), attributes)
	if err != nil || maps.Equal(aliases, detail.GetConfig().GetCustomSearchAttributeAliases()) {
		return err
	}
	detail.Config.CustomSearchAttributeAliases = aliases
	blob, err := serializer.NamespaceDetailToBlob(detail)
	if err != nil {
		return err
	}
	row.Data, row.DataEncoding = blob.GetData(), blob.GetEncodingType().String()
	_, err = db.UpdateNamespace(ctx, &row)
	return err
}

// assignFields gives each attribute a column of its type: the one it has, or the first that is free. It returns the names by
// column.
func assignFields(have map[string]string, attributes map[string]enumspb.IndexedValueType) (map[string]string, error) {
	columns := sadefs.GetDBIndexSearchAttributes(nil).CustomSearchAttributes
	byLength := func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) }
	ordered := slices.SortedFunc(maps.Keys(columns), byLength)

	aliases := make(map[string]string, len(have)+len(attributes))
	taken := make(map[string]string) // column by name
	for column, name := range have {
		aliases[column], taken[name] = name, column
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		want := attributes[name]
		if column, ok := taken[name]; ok {
			if columns[column] != want {
				return nil, fmt.Errorf("search attribute %s is of type %v in the file, and cannot become %v", name, columns[column], want)
			}
			continue
		}
		if sadefs.IsReserved(name) {
			return nil, fmt.Errorf("search attribute %s has a name that Temporal reserves", name)
		}
		i := slices.IndexFunc(ordered, func(column string) bool {
			_, used := aliases[column]
			return columns[column] == want && !used
		})
		if i < 0 {
			return nil, fmt.Errorf("search attribute %s: no column of type %v is left", name, want)
		}
		aliases[ordered[i]] = name
	}
	return aliases, nil
}
