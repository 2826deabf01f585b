package auditlog

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"filippo.io/age"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"k8s.io/klog/v2"

	"rogatory/internal/mla"
)

// Options say whose log a directory is. Party, Origin and Seed must be the same each time a log is opened.
type Options struct {
	// Party is the State whose log this is.
	Party mla.State
	// Origin is the log's name, as in its checkpoints: a URL without scheme, no spaces, no plus: "rogatory.example/alder".
	Origin string
	// Seed, at least 16 bytes, is what the signing key and the log's secret are derived from. Whoever has it can open
	// every body and sign as the log.
	Seed []byte
	// Recipients are the roles that can be given keys. Events whose readers are not all among them are refused. A key
	// is wrapped once, when its first event is appended: changed recipients take effect for later keys only.
	Recipients map[mla.Role]age.Recipient
	// Policy, if not empty, names witnesses and their URLs (C2SP tlog-policy). A checkpoint is then published only when
	// the policy's quorum has cosigned it; Publish and Close wait for that.
	Policy []byte
}

// Log is the one writer of a log. Its methods are safe for concurrent use.
type Log struct {
	dir        string
	vkey       string
	sealer     sealer
	identity   identity
	recipients map[mla.Role]age.Recipient
	policy     []byte

	// closing is held to send on requests, and taken to close it.
	closing  sync.RWMutex
	closed   bool
	requests chan *request
	stopped  chan struct{} // closed when the writing goroutine has ended

	// Owned by the writing goroutine once Open has returned.
	history *history
	beside  *beside
	broken  error // the disk and history may differ: read it anew before going on

	head     atomic.Pointer[head] // what is acknowledged
	appender *tessera.Appender
	shutdown func(context.Context) error
	cancel   context.CancelFunc
	unlock   func() error
}

type head struct {
	size uint64
	root []byte
}

const (
	// flushAge is how long Tessera waits for more entries before it writes those it has. A request hands all its
	// entries over at once, so this is only the time to do that; if it is too short, there is one write more.
	flushAge = 200 * time.Microsecond
	// publishEvery is the shortest interval that Tessera takes.
	publishEvery = 100 * time.Millisecond
	// closeWithin bounds the wait for the last checkpoint, which takes publishEvery on a disk that works.
	closeWithin = 30 * time.Second
	// collectEvery is how often partial tiles of full ones are removed.
	collectEvery = 5 * time.Second
)

// Open makes the log in dir or goes on with it. It takes the directory for itself (ErrLocked if another writer has
// it), reads every leaf, holds them against tree state and checkpoint (ErrDamaged if they differ), and removes what a
// writer left behind that was killed. After Open, every event ever acknowledged is on the log once.
//
// The context bounds Open only; Close ends what Open started.
func Open(ctx context.Context, dir string, o Options) (_ *Log, err error) {
	fail := func(err error) (*Log, error) { return nil, fmt.Errorf("open audit log %s: %w", dir, err) }
	if o.Party == "" {
		return fail(fmt.Errorf("%w: no party", ErrOptions))
	}
	id, err := newIdentity(o.Origin, o.Seed)
	if err != nil {
		return fail(err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return fail(err)
	}
	if err := makeDir(filepath.Join(dir, StateDir)); err != nil {
		return fail(err)
	}
	unlock, err := lock(dir)
	if err != nil {
		return fail(err)
	}
	l := &Log{
		dir: dir, vkey: id.vkey, identity: id, recipients: maps.Clone(o.Recipients), policy: o.Policy, unlock: unlock,
		sealer:   newSealer(o.Origin, o.Party, id.secret),
		requests: make(chan *request, 64),
		stopped:  make(chan struct{}),
	}
	l.beside = &beside{dir: dir, sealer: l.sealer, signer: id.signer, recipients: l.recipients}
	if err = l.resume(); err == nil {
		err = l.start(ctx)
	}
	if err != nil {
		return fail(errors.Join(err, l.beside.close(), unlock()))
	}
	go l.run()
	return l, nil
}

// resume brings memory and disk to the state that was last acknowledged.
func (l *Log) resume() error {
	if err := l.claim(); err != nil {
		return err
	}
	cp, err := readCheckpoint(l.dir, l.vkey)
	if err != nil {
		return err
	}
	state, err := readTreeState(l.dir)
	if err != nil {
		return err
	}
	if l.history, err = rebuild(l.dir, l.sealer.party, state, cp); err != nil {
		return err
	}
	if err := l.beside.settle(l.history); err != nil {
		return err
	}
	published := l.history.size()
	if cp != nil {
		published = cp.size
	}
	if err := sweepTiles(l.dir, l.history.size(), published); err != nil {
		return err
	}
	return l.note()
}

// claim writes the log's key where there is none, and refuses a directory with another.
func (l *Log) claim() error {
	line := l.vkey + "\n"
	raw, err := os.ReadFile(filepath.Join(l.dir, VerifierKeyPath))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err := writeFile(filepath.Join(l.dir, StateDir), filepath.Join(l.dir, VerifierKeyPath), []byte(line), 0o644)
		return errors.Join(err, syncDir(l.dir))
	case err != nil:
		return err
	case string(raw) != line:
		return fmt.Errorf("%w: %s is of another seed or origin", ErrDamaged, VerifierKeyPath)
	}
	return nil
}

// note makes the history's end what Size and Root return.
func (l *Log) note() error {
	root, err := l.history.root()
	if err == nil {
		l.head.Store(&head{l.history.size(), root})
	}
	return err
}

// quiet keeps Tessera's notices off standard error; its warnings and errors stay, and so do those of any other user of
// klog, whose settings are one for the process.
var quiet = sync.OnceValue(func() error {
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	return errors.Join(flags.Set("legacy_stderr_threshold_behavior", "false"), flags.Set("stderrthreshold", "WARNING"))
})

func (l *Log) start(ctx context.Context) error {
	if err := quiet(); err != nil {
		return fmt.Errorf("quieten klog: %w", err)
	}
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(l.identity.signer).
		WithBatching(maxGroup, flushAge).
		WithCheckpointInterval(publishEvery).
		WithCheckpointRepublishInterval(0).
		WithGarbageCollectionInterval(collectEvery)
	if len(l.policy) > 0 {
		witnesses, err := tessera.NewWitnessGroupFromPolicy(l.policy)
		if err != nil {
			return fmt.Errorf("%w: policy: %w", ErrOptions, err)
		}
		options.WithWitnesses(witnesses, nil)
	}
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	driver, err := posix.New(background, posix.Config{Path: l.dir})
	if err == nil {
		l.appender, l.shutdown, _, err = tessera.NewAppender(background, driver, options)
	}
	if err != nil {
		cancel()
		return fmt.Errorf("start Tessera: %w", err)
	}
	l.cancel = cancel
	return nil
}

// Size is the number of leaves acknowledged.
func (l *Log) Size() uint64 { return l.head.Load().size }

// Root is the root of the tree of the leaves acknowledged: what the checkpoint of that size says.
func (l *Log) Root() []byte { return append([]byte(nil), l.head.Load().root...) }

// VerifierKey is the log's name and public key, as log.vkey has them.
func (l *Log) VerifierKey() string { return l.vkey }

// Publish waits until a checkpoint is published that covers every leaf acknowledged before the call. Until the next
// Append, the directory is then one that verifies.
func (l *Log) Publish(ctx context.Context) error {
	want := l.Size()
	for wait := 500 * time.Microsecond; ; wait = min(2*wait, 20*time.Millisecond) {
		cp, err := readCheckpoint(l.dir, l.vkey)
		if err != nil {
			return fmt.Errorf("publish audit log %s: %w", l.dir, err)
		}
		if cp != nil && cp.size >= want {
			return nil
		}
		l.publishSoon()
		select {
		case <-ctx.Done():
			return fmt.Errorf("publish audit log %s: %w: no checkpoint of %d leaves: %w", l.dir, ErrStorage, want, ctx.Err())
		case <-time.After(wait):
		}
	}
}

// publishSoon makes Tessera publish when it next looks, within publishEvery. It holds back while the published
// checkpoint is younger than its interval, and takes that age from the file's time: a time in the future, as a copied
// directory may have, would hold it back until then.
func (l *Log) publishSoon() {
	// A failure costs publishEvery, no more: there may be no checkpoint yet.
	_ = os.Chtimes(filepath.Join(l.dir, CheckpointPath), time.Unix(0, 0), time.Unix(0, 0))
}

// Close waits for the appends under way, publishes a checkpoint that covers everything, removes the partial tiles
// that this checkpoint does not need, and frees the directory. It frees it also when it fails: what was acknowledged
// is on disk, and the next Open publishes it. A second Close does nothing.
func (l *Log) Close(ctx context.Context) error {
	l.closing.Lock()
	again := l.closed
	if !again {
		l.closed = true
		close(l.requests)
	}
	l.closing.Unlock()
	<-l.stopped
	if again {
		return nil
	}
	ctx, done := context.WithTimeout(ctx, closeWithin)
	defer done()
	err := l.Publish(ctx)
	if err == nil {
		err = l.shutdown(ctx)
	}
	l.cancel()
	if err == nil && l.broken == nil {
		err = sweepTiles(l.dir, l.Size())
	}
	if err = errors.Join(err, l.beside.close(), l.unlock()); err != nil {
		return fmt.Errorf("close audit log %s: %w", l.dir, err)
	}
	return nil
}
