package devserver_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"

	"rogatory/internal/devserver"
)

// plan is the input of steps.
type plan struct {
	Activities, Timers int
	Local              bool
}

// steps spreads the activities evenly before, between and after timers of 30 days.
func steps(ctx workflow.Context, p plan) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 5 * time.Second})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: 5 * time.Second})
	run := workflow.ExecuteActivity
	if p.Local {
		run = workflow.ExecuteLocalActivity
	}
	done := 0
	for i := range p.Timers {
		for ; done < p.Activities*(i+1)/p.Timers; done++ {
			if err := run(ctx, act, done).Get(ctx, nil); err != nil {
				return err
			}
		}
		if err := workflow.Sleep(ctx, 30*24*time.Hour); err != nil {
			return err
		}
	}
	return nil
}

func act(context.Context, int) error { return nil }

func BenchmarkStart(b *testing.B) {
	for _, kind := range []string{"memory", "newfile", "reopen"} {
		b.Run(kind, func(b *testing.B) {
			var stops time.Duration
			dir := b.TempDir()
			for i := range b.N {
				o := devserver.Options{}
				switch kind {
				case "newfile":
					o.File = filepath.Join(dir, fmt.Sprint(i))
				case "reopen":
					o.File = filepath.Join(dir, "f")
				}
				s, err := devserver.Start(b.Context(), o)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				t := time.Now()
				s.Stop()
				stops += time.Since(t)
				b.StartTimer()
			}
			b.ReportMetric(float64(stops.Milliseconds())/float64(b.N), "stop-ms/op")
		})
	}
}

func BenchmarkSkippedWorkflow(b *testing.B) {
	for _, store := range []string{"memory", "file"} {
		for _, p := range []plan{{45, 15, false}, {20, 12, false}, {20, 12, true}} {
			for _, parallel := range []int{1, 8} {
				b.Run(fmt.Sprintf("%s/%dx%d/local=%v/parallel=%d", store, p.Activities, p.Timers, p.Local, parallel), func(b *testing.B) {
					o := devserver.Options{}
					if store == "file" {
						o.File = filepath.Join(b.TempDir(), "f")
					}
					c := connect(b, start(b, o), devserver.TimeSkipping())
					work(b, c)
					result[any](b, begin(b, c, steps, p))
					b.ResetTimer()
					errs := make(chan error)
					slots := make(chan struct{}, parallel)
					go func() {
						for range b.N {
							slots <- struct{}{}
							go func() {
								r, err := c.ExecuteWorkflow(context.Background(), client.StartWorkflowOptions{TaskQueue: "q"}, steps, p)
								if err == nil {
									err = r.Get(context.Background(), nil)
								}
								<-slots
								errs <- err
							}()
						}
					}()
					for range b.N {
						if err := <-errs; err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
