package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"filippo.io/age"
	"github.com/google/renameio/v2"

	"rogatory/internal/auditlog/verify"
)

// Format is the form of a file of events.
type Format string

// The formats.
const (
	OCELJSON   Format = "ocel-json"
	OCELSQLite Format = "ocel-sqlite"
	XES        Format = "xes"
	CSV        Format = "csv"
	Parquet    Format = "parquet"
)

// Formats lists the formats.
var Formats = []Format{OCELJSON, OCELSQLite, XES, CSV, Parquet}

// Log is a log to be exported, and the keys to read it with.
type Log struct {
	Dir        string
	Identities []age.Identity
}

// Summary says what was exported.
type Summary struct {
	Events, Opened, Cases, Objects int
}

// writer writes one format.
type writer interface {
	// write takes the rows of one case, and the objects that were not met before.
	write(rows []row, fresh []object) error
	// close ends the file; it is not called after an error.
	close() error
}

// Write exports logs to a file, which is there whole when it returns nil and else as it was before. A log that is not
// whole where it is read is an error that names the place.
func Write(ctx context.Context, logs []Log, f Format, to string) (_ Summary, err error) {
	var size uint64
	for _, l := range logs {
		size += claimed(l.Dir)
	}
	var sum Summary
	s, err := newStage(os.TempDir(), size)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	for _, l := range logs {
		origin, err := originOf(l.Dir)
		if err != nil {
			return sum, err
		}
		err = verify.Walk(ctx, l.Dir, l.Identities, func(e verify.Sighting) error {
			if e.Fault != "" {
				return fmt.Errorf("leaf %d: %s", e.Index, e.Fault)
			}
			r, err := rowOf(origin, e)
			if err != nil {
				return fmt.Errorf("leaf %d: %w", e.Index, err)
			}
			sum.Events++
			if !r.Sealed {
				sum.Opened++
			}
			return s.add(r)
		})
		if err != nil {
			return sum, err
		}
	}
	file, err := renameio.TempFile("", to)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, file.Cleanup()) }()
	if err := sum.fill(ctx, f, file.File, s); err != nil {
		return sum, err
	}
	if err := file.Chmod(0o644); err != nil {
		return sum, err
	}
	return sum, file.CloseAtomicallyReplace()
}

// fill writes what is on the stage.
func (sum *Summary) fill(ctx context.Context, f Format, file *os.File, s *stage) error {
	w, err := newWriter(f, file)
	if err != nil {
		return err
	}
	met := map[object]bool{}
	err = s.cases(func(rows []row) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		sum.Cases++
		own := map[object]bool{}
		var fresh []object
		for _, r := range rows {
			for _, rel := range r.Objects {
				seen := own
				if rel.Object.shared() {
					seen = met
				}
				if !seen[rel.Object] {
					seen[rel.Object] = true
					fresh = append(fresh, rel.Object)
				}
			}
		}
		sum.Objects += len(fresh)
		return w.write(rows, fresh)
	})
	if err != nil {
		return err
	}
	return w.close()
}

func newWriter(f Format, file *os.File) (writer, error) {
	switch f {
	case OCELJSON:
		return newOCELJSON(file)
	case OCELSQLite:
		return newOCELSQLite(file.Name())
	case XES:
		return newXES(file)
	case CSV:
		return newCSV(file)
	case Parquet:
		return newParquet(file), nil
	}
	return nil, fmt.Errorf("unknown format %q", f)
}

// originOf is the name that a log gives itself in its checkpoint, which Walk verifies.
func originOf(dir string) (string, error) {
	lines, err := checkpoint(dir)
	if err != nil {
		return "", err
	}
	return lines[0], nil
}

// claimed is how many leaves a log says it has, or 0. It only helps to plan.
func claimed(dir string) uint64 {
	lines, err := checkpoint(dir)
	if err != nil || len(lines) < 2 {
		return 0
	}
	n, _ := strconv.ParseUint(lines[1], 10, 32)
	return n
}

// checkpoint reads the lines of a log's checkpoint, not yet verified.
func checkpoint(dir string) ([]string, error) {
	name := filepath.Join(dir, "checkpoint")
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, 64<<10))
	return strings.Split(string(raw), "\n"), errors.Join(err, f.Close())
}
