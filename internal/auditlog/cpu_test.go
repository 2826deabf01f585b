package auditlog

import (
	"syscall"
	"testing"
	"time"
)

// PerCore reports what each of n things cost in processor time, on all cores together: what other programs on the
// machine take does not count. The function it returns ends the measurement.
func PerCore(b *testing.B, what string) func(n int) {
	from := processorTime(b)
	return func(n int) {
		used := processorTime(b) - from
		b.ReportMetric(float64(used.Nanoseconds())/float64(n), "cpu-ns/"+what)
		b.ReportMetric(float64(n)/used.Seconds(), what+"s/s-core")
	}
}

func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
