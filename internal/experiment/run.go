package experiment

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/gcsblob" // gs://
	_ "gocloud.dev/blob/memblob" // mem://
	_ "gocloud.dev/blob/s3blob"  // s3://
)

// OpenBucket opens where results go: a directory, or an object store by URL (s3://, gs://, mem://, file:///). Directories, file://
// and mem:// are tested; s3:// and gs:// are the library's, with its own configuration, and are not.
func OpenBucket(ctx context.Context, where string) (*blob.Bucket, error) {
	if isURL(where) {
		u, err := url.Parse(where)
		if err != nil {
			return nil, err
		}
		if u.Scheme != "file" {
			return blob.OpenBucket(ctx, where)
		}
		where = u.Path
	}
	return fileblob.OpenBucket(where, &fileblob.Options{CreateDir: true, NoTempDir: true, Metadata: fileblob.MetadataDontWrite})
}

func isURL(where string) bool { return strings.Contains(where, "://") }

// Where names a place so that processes elsewhere find it: a URL as it is, a directory from the root.
func Where(place string) (string, error) {
	if isURL(place) {
		return place, nil
	}
	return filepath.Abs(place)
}

// Progress is how far an experiment is.
type Progress struct {
	Units, Of int // replications of arms finished, and those there will be at most
	Kept      int // of those finished, found from before
	Cases     int // simulated in this run
	Began     time.Time
}

// Rate is cases a second so far.
func (p Progress) Rate() float64 {
	if s := time.Since(p.Began).Seconds(); s > 0 {
		return float64(p.Cases) / s
	}
	return 0
}

// Left is how long the rest takes at the pace so far; zero where nothing is known yet.
func (p Progress) Left() time.Duration {
	done := p.Units - p.Kept
	if done == 0 {
		return 0
	}
	return time.Since(p.Began) / time.Duration(done) * time.Duration(p.Of-p.Units)
}

// RunAll runs the units of an experiment that a bucket does not have, on all cores, until it may stop or the context is
// done; then it returns what the whole replications so far come to.
func (x *Experiment) RunAll(ctx context.Context, b *blob.Bucket, workers int, tell func(Progress)) (*Result, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	s := newProgress(x, tell)
	work := func(ctx context.Context, u Unit) error {
		_, found, err := x.intact(ctx, b, u)
		if err != nil {
			return err
		}
		if found {
			s.finished(true)
			return nil
		}
		if _, err = x.Run(ctx, b, u, s.cases); err == nil {
			s.finished(false)
		}
		return err
	}
	prefix := make([][]*Summary, len(x.arms))
	err := x.inOrder(ctx, workers, work, func(n int) (bool, error) {
		for a := range prefix {
			s, found, err := x.kept(ctx, b, Unit{a, n - 1})
			if err != nil || !found {
				return false, errors.Join(err, fmt.Errorf("replication %d of %s is not there", n-1, x.arms[a].Name))
			}
			prefix[a] = append(prefix[a], s)
		}
		return x.stops(prefix, n), nil
	})
	if err != nil && ctx.Err() == nil {
		return nil, err
	}
	return x.Collect(context.WithoutCancel(ctx), b)
}

// inOrder does units replication by replication, several at a time, until stop says so of the whole replications so far.
func (x *Experiment) inOrder(ctx context.Context, workers int, work func(context.Context, Unit) error, stop func(n int) (bool, error)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	units := make(chan Unit)
	done := make(chan Unit)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for u := range units {
				if err := work(ctx, u); err != nil {
					cancel(err)
					return
				}
				select {
				case done <- u:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	left, whole := map[int]int{}, 0
	next := Unit{}
	judge := func(u Unit) (bool, error) {
		left[u.Replication]++
		for left[whole] == len(x.arms) {
			whole++
			if over, err := stop(whole); over || err != nil {
				return true, err
			}
		}
		return whole == x.Design.most(), nil
	}
	var err error
loop:
	for {
		give := units
		if next.Replication >= x.Design.most() {
			give = nil
		}
		select {
		case give <- next:
			if next.Arm++; next.Arm == len(x.arms) {
				next = Unit{Replication: next.Replication + 1}
			}
		case u := <-done:
			var over bool
			if over, err = judge(u); over || err != nil {
				break loop
			}
		case <-ctx.Done():
			err = context.Cause(ctx)
			break loop
		}
	}
	cancel(err)
	close(units)
	running.Wait()
	return err
}

// Collect works out what the replications in a bucket come to: those of the longest prefix that is whole, up to where the
// experiment may stop.
func (x *Experiment) Collect(ctx context.Context, b *blob.Bucket) (*Result, error) {
	res := &Result{Experiment: x, Summaries: make([][]*Summary, len(x.arms))}
	for r := 0; r < x.Design.most() && !res.Complete; r++ {
		row := make([]*Summary, len(x.arms))
		for a := range x.arms {
			s, found, err := x.kept(ctx, b, Unit{a, r})
			if err != nil {
				return nil, err
			}
			if !found {
				res.Effects = x.analyse(res.Summaries, res.Replications)
				return res, nil
			}
			row[a] = s
		}
		for a := range row {
			res.Summaries[a] = append(res.Summaries[a], row[a])
		}
		res.Replications++
		res.Complete = x.stops(res.Summaries, res.Replications)
	}
	res.Effects = x.analyse(res.Summaries, res.Replications)
	return res, nil
}

// meter counts what is done, for whoever watches.
type meter struct {
	mu   sync.Mutex
	p    Progress
	tell func(Progress)
}

func newProgress(x *Experiment, tell func(Progress)) *meter {
	return &meter{p: Progress{Of: len(x.arms) * x.Design.most(), Began: time.Now()}, tell: tell}
}

func (m *meter) finished(kept bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.p.Units++
	if kept {
		m.p.Kept++
	}
	m.say()
}

func (m *meter) cases(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.p.Cases += n
	m.say()
}

func (m *meter) say() {
	if m.tell != nil {
		m.tell(m.p)
	}
}
