// Command starter is Rogatory's command line: it runs cases, asks the law, and reads and verifies the logs.
//
// It parses what the user gives, calls the packages that do the work and prints what they return. Exit codes are 0; 1
// where a command ran and its result is negative, or it was stopped; and 2 for bad input.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
