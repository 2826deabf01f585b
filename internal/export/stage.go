package export

import (
	"bufio"
	"cmp"
	"encoding/gob"
	"errors"
	"hash/fnv"
	"io"
	"os"
	"slices"
)

const (
	shareSize = 20_000 // events to be held in memory at once, about
	maxShares = 256
)

// stage holds rows in temporary files, each case in one of them, until all are known to be good.
type stage struct {
	shares []*share
}

type share struct {
	file *os.File
	w    *bufio.Writer
	enc  *gob.Encoder
}

// newStage makes room for about so many rows.
func newStage(dir string, rows uint64) (*stage, error) {
	s := &stage{}
	for range min(rows/shareSize+1, maxShares) {
		f, err := os.CreateTemp(dir, ".rogatory-export-*")
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		w := bufio.NewWriterSize(f, 64<<10)
		s.shares = append(s.shares, &share{f, w, gob.NewEncoder(w)})
		if err := os.Remove(f.Name()); err != nil { // it lives as long as it is open
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func (s *stage) close() error {
	var errs []error
	for _, one := range s.shares {
		errs = append(errs, one.file.Close())
	}
	return errors.Join(errs...)
}

func (s *stage) add(r row) error {
	h := fnv.New32a()
	h.Write([]byte(r.Case))
	return s.shares[h.Sum32()%uint32(len(s.shares))].enc.Encode(r)
}

// cases gives visit the rows of each case: in the order of legal time, then of the log's name, then of the log.
func (s *stage) cases(visit func([]row) error) error {
	for _, one := range s.shares {
		rows, err := one.rows()
		if err != nil {
			return err
		}
		slices.SortFunc(rows, func(a, b row) int {
			return cmp.Or(cmp.Compare(a.Case, b.Case), a.At.Compare(b.At), cmp.Compare(a.Log, b.Log), cmp.Compare(a.Index, b.Index))
		})
		for len(rows) > 0 {
			n := 1
			for n < len(rows) && rows[n].Case == rows[0].Case {
				n++
			}
			if err := visit(rows[:n]); err != nil {
				return err
			}
			rows = rows[n:]
		}
	}
	return nil
}

func (s *share) rows() ([]row, error) {
	if err := s.w.Flush(); err != nil {
		return nil, err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	var out []row
	for d := gob.NewDecoder(bufio.NewReaderSize(s.file, 64<<10)); ; {
		var r row
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
}
