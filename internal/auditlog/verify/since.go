package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// checkSince holds the log against an earlier checkpoint of it: the log must have kept every leaf that it covers.
func checkSince(all levels, a *anchor, saved []byte, c *collector) {
	if saved == nil {
		return
	}
	text, _, err := openCheckpoint(saved, a.verifier, nil)
	if err != nil {
		c.add(checkpointFile, "", "the earlier checkpoint is not signed by the key of this log: the key was changed, or it is of another log (%v)", err)
		return
	}
	then, err := parseCheckpoint(text, a.verifier.Name())
	if err != nil {
		c.add(checkpointFile, "", "the earlier checkpoint: %v", err)
		return
	}
	switch n := all.size(); {
	case then.N > a.tree.N:
		c.add(checkpointFile, leafPlace(uint64(a.tree.N)), "the log was rolled back: it signed %d leaves earlier and has %d now", then.N, a.tree.N)
	case then.N <= n:
		if root, err := tlog.TreeHash(then.N, all); err != nil || root != then.Hash {
			c.add(checkpointFile, fmt.Sprintf("leaves 0 to %d", max(then.N-1, 0)),
				"the log was rewritten: its first %d leaves have root %s, and it signed %s for them earlier", then.N, root, then.Hash)
		}
	}
}

// Compare checks the log in dir and holds it against another copy of the same log. Of two whole copies one must be the
// beginning of the other, and the one in dir the longer. The report is that of dir; what is wrong with the copy names
// its file there.
func Compare(ctx context.Context, dir, copied string, o Options) (Report, error) {
	r, here, err := examine(ctx, dir, o)
	if err != nil {
		return r, err
	}
	o.Since = nil
	other, there, err := examine(ctx, copied, o)
	if err != nil {
		return r, err
	}
	c := &collector{found: r.Findings}
	for _, f := range other.Findings {
		c.add(copied+"/"+f.File, f.Place, "%s", f.What)
	}
	switch n, m := here.size(), there.size(); {
	case r.Origin != other.Origin:
		c.add(checkpointFile, "", "this is the log %s, and the copy is of %s", r.Origin, other.Origin)
	default:
		for i := range min(n, m) {
			if here[0][i] != there[0][i] {
				t := tileName{-1, i / tileWidth, int(min(n-i/tileWidth*tileWidth, tileWidth))}
				c.add(t.String(), leafPlace(uint64(i)), "the log was forked: %s has another leaf here", copied)
				r.Findings = c.found
				return r, nil
			}
		}
		if r.Size < other.Size {
			c.add(checkpointFile, leafPlace(r.Size), "the log was rolled back or cut off: %s has %d leaves, and here are %d", copied, other.Size, r.Size)
		}
	}
	r.Findings = c.found
	return r, nil
}

// SplitCheckpoints parts checkpoints that were saved one after the other, each followed by an empty line but the last.
// It does not open them: it gives each with the origin it claims.
func SplitCheckpoints(raw []byte) (map[string][]byte, error) {
	out := map[string][]byte{}
	for len(raw) > 0 {
		text, rest, ok := bytes.Cut(raw, []byte("\n\n"))
		if !ok || len(raw) > 1<<24 {
			return nil, errors.New("want signed checkpoints as they are published, with an empty line between two")
		}
		signatures, after, more := bytes.Cut(rest, []byte("\n\n"))
		one := raw[:len(text)+2+len(signatures)]
		if more {
			one = raw[:len(text)+2+len(signatures)+1]
		}
		origin, _, _ := strings.Cut(string(text), "\n")
		if out[origin] != nil || origin == "" || !bytes.HasPrefix(signatures, []byte("— ")) {
			return nil, fmt.Errorf("want one signed checkpoint of each log; see that of %.100q", origin)
		}
		out[origin] = one
		raw = after
	}
	if len(out) == 0 {
		return nil, errors.New("it is empty; want a checkpoint saved by audit verify --save")
	}
	return out, nil
}

// JoinCheckpoints writes checkpoints so that SplitCheckpoints parts them.
func JoinCheckpoints(all [][]byte) []byte { return bytes.Join(all, []byte("\n")) }
