package simulation

import (
	"math"
	"testing"

	"rogatory/internal/population"
)

// customers runs a plain queue on the kernel: Poisson arrivals, exponential service, a share that is urgent. It returns
// the mean wait of each class.
func customers(n, servers int, arrival, service, urgent float64) (wait [2]float64) {
	const tick = 1e6
	type customer struct {
		at     int64
		urgent bool
		work   float64
	}
	k, d := &kernel{}, &desk[customer]{staff: servers}
	s := population.Draw(1, 0, n, population.PurposeOf("queue"))
	exponential := func(mean float64) float64 { return -math.Log(s.Uniform()) * mean * tick }
	serve := func(c customer) {
		class := 1
		if c.urgent {
			class = 0
		}
		wait[class] += float64(k.now - c.at)
		k.at(k.now+int64(c.work), 1, 0)
	}
	k.at(0, 0, 0)
	counts := [2]float64{}
	for begun := 0; ; {
		h, ok := k.next()
		if !ok {
			break
		}
		if h.kind == 1 {
			if c, ok := d.leave(); ok {
				serve(c)
			}
			continue
		}
		c := customer{at: k.now, urgent: urgent > 0 && s.Happens(urgent), work: exponential(service)}
		if c.urgent {
			counts[0]++
		} else {
			counts[1]++
		}
		if d.arrive(c, c.urgent, c.work) {
			serve(c)
		}
		if begun++; begun < n {
			k.at(k.now+int64(exponential(arrival)), 0, 0)
		}
	}
	for i := range wait {
		wait[i] /= counts[i] * tick
	}
	return wait
}

// erlangC is the probability of waiting in M/M/c.
func erlangC(c int, offered float64) float64 {
	term, sum := 1.0, 1.0
	for k := 1; k < c; k++ {
		term *= offered / float64(k)
		sum += term
	}
	last := term * offered / float64(c) * float64(c) / (float64(c) - offered)
	return last / (sum + last)
}

func TestAQueueWaitsAsTheorySays(t *testing.T) {
	for _, q := range []struct {
		servers int
		load    float64
	}{{1, 0.5}, {1, 0.8}, {3, 0.7}, {12, 0.9}} {
		arrival := 1 / (q.load * float64(q.servers))
		want := erlangC(q.servers, q.load*float64(q.servers)) / (float64(q.servers) * (1 - q.load))
		got := customers(2_000_000, q.servers, arrival, 1, 0)[1]
		if math.Abs(got/want-1) > 0.04 {
			t.Errorf("M/M/%d at load %.2f: mean wait %.4f, theory %.4f", q.servers, q.load, got, want)
		}
	}
}

func TestUrgentCustomersWaitAsTheorySays(t *testing.T) {
	// M/M/1 with two classes, nobody interrupted (Cobham): R/(1-r1) and R/((1-r1)(1-r)), with R = r for unit service.
	const load, urgent = 0.8, 0.25
	got := customers(2_000_000, 1, 1/load, 1, urgent)
	r1 := load * urgent
	for class, want := range []float64{load / (1 - r1), load / ((1 - r1) * (1 - load))} {
		if math.Abs(got[class]/want-1) > 0.05 {
			t.Errorf("class %d: mean wait %.4f, theory %.4f", class, got[class], want)
		}
	}
}

// TestTheToyTable reproduces the sanity check of the calibration (its section 9.3): stages and a staffed queue without any
// procedure, 1,000 letters a year, 12 seeds of 4 years, the first left out, urgent letters not counted.
func TestTheToyTable(t *testing.T) {
	for _, row := range []struct {
		officers, backlog int
		mean, queue       float64
	}{{12, 0, 141, 0}, {9, 0, 145, 4}, {8, 0, 178, 37}, {8, 350, 307, 166}, {8, 700, 451, 310}, {7, 0, 315, 174}, {6, 0, 512, 371}} {
		var means, queues []float64
		for seed := range 12 {
			m, q := toy(seed, row.officers, row.backlog)
			means, queues = append(means, m), append(queues, q)
		}
		mean, sd := meanSD(means)
		// Both tables are of 12 seeds: their difference has the noise of both. Fourteen figures are compared, so 3.5 standard
		// errors leave a right model a chance of about one in 150 to fail on some seed.
		if noise := 3.5 * sd * math.Sqrt(2./12); math.Abs(mean-row.mean) > math.Max(noise, 8) {
			t.Errorf("%d officers, %d waiting: mean %.0f days, the table has %.0f (noise %.0f)", row.officers, row.backlog, mean, row.mean, noise)
		}
		queue, qsd := meanSD(queues)
		if noise := 3.5 * qsd * math.Sqrt(2./12); math.Abs(queue-row.queue) > math.Max(noise, 8) {
			t.Errorf("%d officers, %d waiting: %.0f days in the queue, the table has %.0f (noise %.0f)", row.officers, row.backlog, queue, row.queue, noise)
		}
	}
}

func meanSD(v []float64) (mean, sd float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		sd += (x - mean) * (x - mean) / float64(len(v)-1)
	}
	return mean, math.Sqrt(sd)
}

// toy is one seed of the table: mean days in all, and in the queue.
func toy(seed, officers, backlog int) (mean, queue float64) {
	type letter struct {
		begun, asked int64
		work, rest   float64
		urgent       bool
	}
	const years, perYear = 4, 1000
	k, d := &kernel{}, &desk[letter]{staff: officers}
	s := population.Draw(population.SeedOf("toy"), seed, officers*1000+backlog, population.PurposeOf("toy"))
	work := func() float64 { return s.LogNormal(1.39, 0.9) * 365 / population.WorkingDays * day }
	n := 0
	serve := func(l letter) {
		k.at(k.now+int64(l.work), 1, 0)
		if l.begun >= 365*day && !l.urgent {
			queue += float64(k.now-l.asked) / day
			mean += (float64(k.now-l.begun) + l.work + l.rest) / day
			n++
		}
	}
	for range backlog {
		if l := (letter{work: work(), begun: -1}); d.arrive(l, false, l.work) {
			serve(l)
		}
	}
	letters := make([]letter, 0, years*perYear)
	for at := int64(0); at < years*365*day; at += int64(-math.Log(s.Uniform()) * 365 * day / perYear) {
		l := letter{begun: at, work: work(), urgent: s.Happens(0.1)}
		before := s.LogNormal(20, 0.7) + s.LogNormal(8, 0.8) + s.LogNormal(10, 0.6)
		if s.Happens(0.35) {
			before += s.LogNormal(40, 0.8)
		}
		l.rest = (before + s.LogNormal(12, 0.7) + s.LogNormal(14, 0.8) + s.LogNormal(18, 0.9) + s.LogNormal(7, 0.7)) * day
		l.asked = at // the steps before the desk take time and do not put off the pile
		k.at(l.asked, 0, int32(len(letters)))
		letters = append(letters, l)
	}
	for {
		h, ok := k.next()
		if !ok {
			return mean / float64(n), queue / float64(n)
		}
		if h.kind == 1 {
			if l, ok := d.leave(); ok {
				serve(l)
			}
			continue
		}
		if l := letters[h.whom]; d.arrive(l, l.urgent, l.work) {
			serve(l)
		}
	}
}

func BenchmarkKernel(b *testing.B) {
	const n = 1_000_000
	for b.Loop() {
		customers(n, 1, 1.25, 1, 0)
	}
	b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "customers/s")
}
