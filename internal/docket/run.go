package docket

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.uber.org/zap"
	"google.golang.org/grpc"

	"rogatory/activities"
	"rogatory/internal/devserver"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

// Clock is how legal time passes.
type Clock string

// The clocks: a Temporal server that skips time, or virtual time in this process.
const (
	Skip Clock = "skip"
	Sim  Clock = "sim"
)

// Clocks lists the clocks.
var Clocks = []Clock{Skip, Sim}

// Options say what is run and where its papers are kept.
type Options struct {
	Case        *scenario.Case
	Source      []byte   // the case file, as it was read
	Instruments []string // that bind the two States
	Safeguards  []string // switched on over them
	Yields      []string // a reading of instruments that each give way to the other; see policies.Pair
	Bundle      *policies.Bundle
	ID          string // of the case on its logs; empty: made of all that the case is run with
	Clock       Clock
	Seed        string
	Dir         string            // empty or of this very run; it need not exist
	Server      *devserver.Server // nil: one is started in Dir where the clock needs it
	Logger      *zap.Logger       // nil: silent
}

func (o Options) manifest() Manifest {
	return Manifest{
		Version: Version, Case: o.Case.ID, CaseID: o.caseID(), CaseDigest: o.digest(),
		Instruments: o.Instruments, Safeguards: o.Safeguards, Yields: o.Yields, Policy: o.Bundle.Digest(), Seed: o.Seed, Clock: o.Clock,
		Caveat: report.Caveat,
	}
}

// caseID names the case; a safeguard, or a reading, makes another case of it.
func (o Options) caseID() string {
	if o.ID != "" {
		return o.ID
	}
	under := slices.Clone(o.Instruments)
	for _, id := range o.Safeguards {
		under = append(under, "+"+id)
	}
	for _, id := range o.Yields {
		under = append(under, "-"+id)
	}
	return workflows.CaseID(o.digest(), under, o.Seed, o.Bundle.Digest())
}

// pair is who asks whom, and under what.
func (o Options) pair() policies.Pair {
	return policies.Pair{Instruments: o.Instruments, Requesting: o.Case.Requesting, Requested: o.Case.Requested, Safeguards: o.Safeguards, Yields: o.Yields}
}

func (o Options) digest() string {
	sum := sha256.Sum256(o.Source)
	return hex.EncodeToString(sum[:])
}

// Input is what the procedure is given of the case.
func (o Options) Input() workflows.Input {
	r := o.Case.Request
	r.Requesting, r.Requested, r.Instruments, r.Safeguards, r.Yields = o.Case.Requesting, o.Case.Requested, o.Instruments, o.Safeguards, o.Yields
	return workflows.Input{
		Case: o.caseID(), Name: o.Case.ID, Policy: o.Bundle.Digest(), Start: o.Case.Start, Horizon: o.Case.Horizon,
		Request: r, Stated: o.Case.Stated(), Known: o.Case.Known(), Script: o.Case.Script,
	}
}

// Run runs a case to its end and returns what it has to tell, read from its logs. A run whose process was killed is
// taken up where it was; one that is complete is told again.
func Run(ctx context.Context, o Options) (*report.Run, error) {
	complete, err := claim(o.Dir, o.manifest())
	if err != nil {
		return nil, err
	}
	if complete {
		return tell(ctx, o)
	}
	if err := keepBundle(o.Dir, o.Bundle); err != nil {
		return nil, err
	}
	if err := renameio.WriteFile(filepath.Join(o.Dir, caseFile), o.Source, 0o644); err != nil {
		return nil, err
	}
	if err := writeJSON(filepath.Join(o.Dir, stipulatedFile), stipulated{o.Case.Stipulated(), o.Case.Truth}); err != nil {
		return nil, err
	}
	if err := o.conduct(ctx); err != nil {
		return nil, err
	}
	told, err := tell(ctx, o)
	if err != nil {
		return nil, err
	}
	return told, writeJSON(filepath.Join(o.Dir, resultFile), told)
}

// conduct lets the case run on its clock and closes its books.
func (o Options) conduct(ctx context.Context) (err error) {
	books := OpenBooks(o.Dir, o.Seed)
	defer func() { err = errors.Join(err, books.Close(context.WithoutCancel(ctx))) }()
	if o.Clock == Sim {
		err = o.simulate(ctx, books)
	} else {
		err = o.serve(ctx, books)
	}
	if err != nil {
		return err
	}
	return books.TakeUp(ctx)
}

func (o Options) simulate(ctx context.Context, books *Books) error {
	law, err := o.Bundle.Law(o.pair())
	if err != nil {
		return err
	}
	_, events, err := simulation.Conduct(o.Input(), law)
	if err != nil {
		return err
	}
	return activities.AppendTo(ctx, books, events)
}

// serve runs the case as a Temporal workflow on a server in this process.
func (o Options) serve(ctx context.Context, books *Books) error {
	server := o.Server
	if server == nil {
		s, err := StartServer(ctx, filepath.Join(o.Dir, serverFile), o.Logger)
		if err != nil {
			return err
		}
		defer s.Stop()
		server = s
	}
	c, err := server.Client(client.Options{
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{devserver.TimeSkipping()}},
	})
	if err != nil {
		return err
	}
	defer c.Close()
	w := worker.New(c, workflows.TaskQueue+"-"+o.caseID(), WorkerOptions())
	workflows.Register(w, &activities.Activities{
		Law: Shelf{o.Bundle.Digest(): o.Bundle}, Logs: books, Spool: filepath.Join(o.Dir, spoolDir),
	})
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	run, err := Start(ctx, c, o.Input(), workflows.TaskQueue+"-"+o.caseID(), o.Clock)
	if err != nil {
		return err
	}
	return run.Get(ctx, nil)
}

// Start starts a case on a cluster, or finds the one of the same id that is there already.
func Start(ctx context.Context, c client.Client, in workflows.Input, queue string, clock Clock) (client.WorkflowRun, error) {
	id := workflows.WorkflowID(in.Case)
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                                       id,
		TaskQueue:                                queue,
		WorkflowTaskTimeout:                      2 * time.Second,
		WorkflowIDReusePolicy:                    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
		TypedSearchAttributes: temporal.NewSearchAttributes(
			workflows.AttributeInstrument.ValueSet(in.Request.Instruments),
			workflows.AttributeClock.ValueSet(string(clock)),
		),
	}, workflows.WorkflowName, in)
	var there *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &there) {
		return c.GetWorkflow(ctx, id, there.RunId), nil
	}
	return run, err
}

// StartServer starts an embedded server that knows the search attributes of cases. An empty file keeps it in memory.
func StartServer(ctx context.Context, file string, logger *zap.Logger) (*devserver.Server, error) {
	return devserver.Start(ctx, devserver.Options{
		File: file, Logger: logger,
		SearchAttributes: map[string]enumspb.IndexedValueType{
			workflows.AttributeInstrument.GetName(): enumspb.INDEXED_VALUE_TYPE_KEYWORD_LIST,
			workflows.AttributeClock.GetName():      enumspb.INDEXED_VALUE_TYPE_KEYWORD,
		},
	})
}

// WorkerOptions are those of every worker of ours: what a dead worker had in hand is soon given to another.
func WorkerOptions() worker.Options {
	return worker.Options{StickyScheduleToStartTimeout: time.Second}
}

// Shelf holds policy bundles by digest.
type Shelf map[string]*policies.Bundle

// Bundle finds a bundle. One that is not there may be on another worker's shelf.
func (s Shelf) Bundle(digest string) (*policies.Bundle, error) {
	if b, ok := s[digest]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("no policy bundle with digest %s on this worker; start one that carries it", digest)
}

func regime(instruments []string) string { return strings.Join(instruments, ",") }
