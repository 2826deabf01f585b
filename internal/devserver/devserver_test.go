package devserver_test

import (
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"google.golang.org/grpc"

	"rogatory/internal/devserver"
)

func connect(tb testing.TB, o devserver.Options, d ...grpc.DialOption) client.Client {
	tb.Helper()
	s, err := devserver.Start(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Stop)
	c, err := s.Client(client.Options{ConnectionOptions: client.ConnectionOptions{DialOptions: d}})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func work(tb testing.TB, c client.Client, o worker.Options) worker.Worker {
	tb.Helper()
	w := worker.New(c, "q", o)
	w.RegisterWorkflow(steps)
	w.RegisterActivity(act)
	if err := w.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(w.Stop)
	return w
}

func run(tb testing.TB, c client.Client, p plan) {
	tb.Helper()
	r, err := c.ExecuteWorkflow(tb.Context(), client.StartWorkflowOptions{TaskQueue: "q"}, steps, p)
	if err == nil {
		err = r.Get(tb.Context(), nil)
	}
	if err != nil {
		tb.Fatal(err)
	}
}
