package auditlog_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

const crashDir, crashFrom = "AUDITLOG_CRASH_DIR", "AUDITLOG_CRASH_FROM"

// numbered is event i of an endless run over cases of 30 events each, two cases at a time.
func numbered(i int) mla.Event {
	pair, k := i/60, i%60
	return event(fmt.Sprintf("c-%d", 2*pair+k%2), k/2)
}

// TestMain appends until it is killed, when a test runs it as its child.
func TestMain(m *testing.M) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := appendForEver(dir, os.Getenv(crashFrom)); err != nil {
		fmt.Println("child:", err)
		os.Exit(1)
	}
}

// appendForEver closes and reopens the log every few batches, so that a kill may meet those too. It prints one line
// for each event once it is acknowledged: its number and index.
func appendForEver(dir, from string) error {
	i, err := strconv.Atoi(from)
	if err != nil {
		return err
	}
	ctx := context.Background()
	for {
		l, err := auditlog.Open(ctx, dir, auditlog.Options{Party: party, Origin: origin, Seed: seed, Recipients: roleKeys().Recipients()})
		if err != nil {
			return err
		}
		for range 6 {
			batch := make([]mla.Event, 1+i%9)
			for k := range batch {
				batch[k] = numbered(i + k)
			}
			indices, err := l.Append(ctx, batch)
			if err != nil {
				return err
			}
			var out strings.Builder
			for k, index := range indices {
				fmt.Fprintln(&out, "ack", i+k, index)
			}
			fmt.Print(out.String())
			i += len(batch)
		}
		if err := l.Close(ctx); err != nil {
			return err
		}
	}
}

func TestAKilledWriterLosesNothingAndDoublesNothing(t *testing.T) {
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	acked := map[int]uint64{} // event number to index
	// Sixteen kills, and more, each later than the last sixteen, until enough was written between them.
	for round := 0; round < 16 || len(acked) < 50 && round < 160; round++ {
		// Begin a little before what was acknowledged: a retry of the last batches.
		from := max(0, len(acked)-random.IntN(12))
		after := time.Duration(random.IntN(150)*(1+round/16)) * time.Millisecond
		for number, index := range killed(t, dir, from, after) {
			if old, ok := acked[number]; ok && old != index {
				t.Fatalf("round %d: event %d was at %d, and is answered with %d", round, number, old, index)
			}
			acked[number] = index
		}
		l := open(t, dir)
		if l.Size() < uint64(len(acked)) {
			t.Fatalf("round %d: %d leaves, %d were acknowledged", round, l.Size(), len(acked))
		}
		for number := range len(acked) {
			got := add(t, l, []mla.Event{numbered(number)}, 1)
			if got[0] != acked[number] {
				t.Fatalf("round %d: event %d was acknowledged at %d, and is at %d", round, number, acked[number], got[0])
			}
		}
		shut(t, l)
		if r := checked(t, dir); r.Size != l.Size() {
			t.Fatalf("round %d: %d leaves verify, %d were written", round, r.Size, l.Size())
		}
	}
	if len(acked) < 50 {
		t.Errorf("%d events: the kills came too early to test anything", len(acked))
	}
	indices := make([]uint64, 0, len(acked))
	for _, i := range acked {
		indices = append(indices, i)
	}
	slices.Sort(indices)
	if len(slices.Compact(indices)) != len(acked) {
		t.Error("two events have one index")
	}
}

// killed runs the child, kills it some time after its start, and returns what it said was acknowledged.
func killed(t *testing.T, dir string, from int, after time.Duration) map[int]uint64 {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), crashDir+"="+dir, crashFrom+"="+strconv.Itoa(from))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { _ = child.Process.Kill() })
	defer kill.Stop()
	acked := map[int]uint64{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var number int
		var index uint64
		if _, err := fmt.Sscanf(lines.Text(), "ack %d %d", &number, &index); err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
		acked[number] = index
	}
	if err := child.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child ended otherwise than by the kill: %v", err)
	}
	return acked
}
