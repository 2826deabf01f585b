package devserver_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/grpc"

	"rogatory/internal/devserver"
)

func wait(ctx workflow.Context) (int, error) {
	began := workflow.Now(ctx)
	err := workflow.Sleep(ctx, 90*24*time.Hour)
	return int(workflow.Now(ctx).Sub(began).Hours() / 24), err
}

func Example() {
	ctx := context.Background()
	s, err := devserver.Start(ctx, devserver.Options{}) // File: "case.db" outlives the process
	if err != nil {
		log.Fatal(err)
	}
	defer s.Stop()
	c, err := s.Client(client.Options{ConnectionOptions: client.ConnectionOptions{
		DialOptions: []grpc.DialOption{devserver.TimeSkipping()}, // leave out for live cases
	}})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "cases", worker.Options{})
	w.RegisterWorkflow(wait)
	if err := w.Start(); err != nil {
		log.Fatal(err)
	}
	defer w.Stop()

	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: "cases", WorkflowTaskTimeout: 2 * time.Second}, wait)
	if err != nil {
		log.Fatal(err)
	}
	var days int
	if err := run.Get(ctx, &days); err != nil {
		log.Fatal(err)
	}
	fmt.Println(days, "days")
	// Output: 90 days
}
