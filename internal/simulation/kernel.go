package simulation

// kernel is a discrete-event engine: what is to happen, in the order of time and then of scheduling. Time is in whole
// seconds here, but any unit would do.
type kernel struct {
	now   int64
	order uint64
	heap  []happening
}

// happening is one thing to come: a kind and whom it is about are the caller's.
type happening struct {
	at    int64
	order uint64
	kind  int32
	whom  int32
}

func (k *kernel) at(instant int64, kind, whom int32) {
	k.order++
	h := happening{instant, k.order, kind, whom}
	k.heap = append(k.heap, h)
	i := len(k.heap) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if !h.before(k.heap[parent]) {
			break
		}
		k.heap[i] = k.heap[parent]
		i = parent
	}
	k.heap[i] = h
}

func (h happening) before(o happening) bool {
	return h.at < o.at || h.at == o.at && h.order < o.order
}

// next takes what happens next and lets time come to it. False: nothing is to come.
func (k *kernel) next() (happening, bool) {
	if len(k.heap) == 0 {
		return happening{}, false
	}
	first, last := k.heap[0], k.heap[len(k.heap)-1]
	k.heap = k.heap[:len(k.heap)-1]
	k.now = first.at
	n := len(k.heap)
	if n == 0 {
		return first, true
	}
	i := 0
	for {
		child := 4*i + 1
		if child >= n {
			break
		}
		least := child
		for c := child + 1; c < min(child+4, n); c++ {
			if k.heap[c].before(k.heap[least]) {
				least = c
			}
		}
		if !k.heap[least].before(last) {
			break
		}
		k.heap[i] = k.heap[least]
		i = least
	}
	k.heap[i] = last
	return first, true
}
