package simulation

import (
	"iter"

	"rogatory/workflows"
)

// fibers are coroutines that are used again: a case needs a dozen for a short while each, and making one costs more than
// all it does. They are for one goroutine at a time.
type fibers struct {
	idle    []*fiber
	running *fiber
}

type fiber struct {
	body   func(workflows.Office, func())
	office workflows.Office
	next   func() (bool, bool)
	stop   func()
	pause  func()
	work   func() // to be done off the fiber's stack
	failed any    // what the work panicked with
}

// take returns a coroutine that will run a body in an office.
func (p *fibers) take(o workflows.Office, body func(workflows.Office, func())) *fiber {
	var f *fiber
	if n := len(p.idle); n > 0 {
		f, p.idle = p.idle[n-1], p.idle[:n-1]
	} else {
		f = &fiber{}
		f.next, f.stop = iter.Pull(func(yield func(ended bool) bool) {
			f.pause = func() { yield(false) }
			for {
				f.body(f.office, f.pause)
				if !yield(true) {
					return
				}
			}
		})
	}
	f.body, f.office = body, o
	return f
}

// resume runs the body until it pauses or ends, and reports whether it ended. A fiber whose body ended is free again.
func (p *fibers) resume(f *fiber) (ended bool) {
	before := p.running
	p.running = f
	for ended, _ = f.next(); f.work != nil; ended, _ = f.next() {
		f.failed = caught(f.work)
		f.work = nil
	}
	p.running = before
	if ended {
		f.body, f.office = nil, nil
		p.idle = append(p.idle, f)
	}
	return ended
}

// aside does some work on the stack of whoever resumed the running fiber; off any fiber, on the caller's own.
func (p *fibers) aside(work func()) {
	f := p.running
	if f == nil {
		work()
		return
	}
	f.work = work
	f.pause()
	if failed := f.failed; failed != nil {
		f.failed = nil
		panic(failed)
	}
}

// caught does some work and returns what it panicked with.
func caught(work func()) (failed any) {
	defer func() { failed = recover() }()
	work()
	return nil
}

// close lets go of all idle coroutines.
func (p *fibers) close() {
	for _, f := range p.idle {
		f.stop()
	}
	p.idle = nil
}
