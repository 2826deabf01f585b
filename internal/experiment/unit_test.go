package experiment

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"gocloud.dev/blob"
	"gocloud.dev/blob/driver"
	"gocloud.dev/gcerrors"
)

// shelf is a bucket that remembers what it was given to write, and refuses some of it.
type shelf struct {
	driver.Bucket
	refuses, breaks string // ends of names: of what it takes nothing, and cannot finish
	begun, finished []string
}

var errShelf = errors.New("the shelf is full")

func (s *shelf) Close() error                       { return nil }
func (s *shelf) ErrorCode(error) gcerrors.ErrorCode { return gcerrors.Unknown }
func (s *shelf) As(any) bool                        { return false }
func (s *shelf) ErrorAs(error, any) bool            { return false }
func (s *shelf) refused(key, end string) (err error) {
	if end != "" && strings.HasSuffix(key, end) {
		err = errShelf
	}
	return err
}

func (s *shelf) ListPaged(context.Context, *driver.ListOptions) (*driver.ListPage, error) {
	return &driver.ListPage{}, nil
}

func (s *shelf) NewTypedWriter(ctx context.Context, key, _ string, _ *driver.WriterOptions) (driver.Writer, error) {
	if err := s.refused(key, s.refuses); err != nil {
		return nil, err
	}
	s.begun = append(s.begun, key)
	return &sheet{ctx, s, key}, nil
}

type sheet struct {
	ctx context.Context
	on  *shelf
	key string
}

func (w *sheet) Write(p []byte) (int, error) { return len(p), nil }

func (w *sheet) Close() error {
	w.on.finished = append(w.on.finished, w.key)
	if err := w.ctx.Err(); err != nil {
		return err
	}
	return w.on.refused(w.key, w.on.breaks)
}

// TestAUnitThatFailsClosesWhatItOpened has a unit end early at each step, and looks for files that are left open.
func TestAUnitThatFailsClosesWhatItOpened(t *testing.T) {
	x := design(t, small)
	for name, c := range map[string]struct {
		shelf shelf
		stops bool
		want  error
		files int
	}{
		"no second file":             {shelf: shelf{refuses: "events.parquet"}, want: errShelf, files: 1},
		"its context ends":           {stops: true, want: context.Canceled, files: 2},
		"a first file not finished":  {shelf: shelf{breaks: "cases.parquet"}, want: errShelf, files: 2},
		"a second file not finished": {shelf: shelf{breaks: "events.parquet"}, want: errShelf, files: 2},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			b := blob.NewBucket(&c.shelf)
			defer func() { _ = b.Close() }() // a shelf closes without a word
			if c.stops {
				cancel()
			}
			if _, err := x.Run(ctx, b, Unit{}, nil); !errors.Is(err, c.want) {
				t.Fatalf("the unit ended with %v, want %v", err, c.want)
			}
			begun, finished := slices.Sorted(slices.Values(c.shelf.begun)), slices.Sorted(slices.Values(c.shelf.finished))
			if len(begun) != c.files || !slices.Equal(begun, finished) {
				t.Errorf("begun %v, closed %v", begun, finished)
			}
		})
	}
}
