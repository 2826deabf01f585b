package simulation

// desk is a staffed queue: first come, first served, what is urgent before what is not; nobody is interrupted.
type desk[J any] struct {
	staff, busy int
	waiting     [2]ring[J] // urgent, ordinary
	work        float64    // of those that wait, in seconds of one person
}

// ring is a queue that reuses its room.
type ring[J any] struct {
	jobs []J
	head int
	size int
}

func (r *ring[J]) push(j J) {
	if r.size == len(r.jobs) {
		grown := make([]J, max(8, 2*len(r.jobs)))
		for i := range r.size {
			grown[i] = r.jobs[(r.head+i)%len(r.jobs)]
		}
		r.jobs, r.head = grown, 0
	}
	r.jobs[(r.head+r.size)%len(r.jobs)] = j
	r.size++
}

func (r *ring[J]) pop() (j J, ok bool) {
	if r.size == 0 {
		return j, false
	}
	var none J
	j, r.jobs[r.head] = r.jobs[r.head], none
	r.head = (r.head + 1) % len(r.jobs)
	r.size--
	return j, true
}

// arrive puts a job in the queue, or reports that somebody is free to take it up at once.
func (d *desk[J]) arrive(j J, urgent bool, work float64) (free bool) {
	if d.busy < d.staff {
		d.busy++
		return true
	}
	class := 1
	if urgent {
		class = 0
	}
	d.waiting[class].push(j)
	d.work += work
	return false
}

// leave frees somebody, who takes up the next job. False: none waits.
func (d *desk[J]) leave() (J, bool) {
	for class := range d.waiting {
		if j, ok := d.waiting[class].pop(); ok {
			return j, true
		}
	}
	var none J
	d.busy--
	d.work = 0 // what rounding left of it
	return none, false
}

// length is how many wait.
func (d *desk[J]) length() int { return d.waiting[0].size + d.waiting[1].size }

// backlog is the time, in seconds, that the staff needs for what waits; 0 where nothing does.
func (d *desk[J]) backlog() float64 { return d.work / float64(d.staff) }

// load is the share of the staff that is busy or, where jobs wait, 1 and the pile as a share of what the staff does in a
// window of so many seconds.
func (d *desk[J]) load(window float64) float64 {
	if d.length() == 0 {
		return float64(d.busy) / float64(d.staff)
	}
	return 1 + d.work/(float64(d.staff)*window)
}
