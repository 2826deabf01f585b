// Package devserver runs a Temporal server inside this process, for the command line and for tests.
//
// The server listens on 127.0.0.1 only, on free ports, and keeps its state in SQLite, in memory or in one file. It opens no
// other connection, exports no metrics, and says nothing unless it is given a logger. It is one host with static membership,
// and leaves out Temporal's own worker service; so schedules, batch operations and deletion of namespaces do not work on it.
//
// # Time skipping
//
// A workflow started through a client made with [TimeSkipping] has a clock of its own, which jumps to the next timer whenever
// nothing is in flight. [Advance] moves the clock of a workflow that was started without it. Both work against any server that
// allows time skipping; this one does. Between jumps the clock ticks with the wall, so workflow.Now is late by the wall time
// that the workflow took so far: never early, never out of order, and never twice the same for the same case.
//
// # After a kill
//
// With [Options.File] a process may be killed at any moment. The next [Start] on the file comes up in the usual time and all
// workflows go on, their clocks included. What a worker of the dead process had in hand is given out again only when its own
// timeout has passed, in wall time, for what is in flight stops the clock from jumping:
//
//   - an activity that was running waits for its StartToCloseTimeout, or for its HeartbeatTimeout when it has one. Give short
//     activities 2 to 5 seconds, and a retry policy that permits a second attempt.
//   - a workflow task that was running, local activities included, waits for the workflow's WorkflowTaskTimeout: 10 seconds
//     unless set in client.StartWorkflowOptions. 1 or 2 seconds are enough when worker and server share a machine. The same
//     wait occurs when a worker is stopped, not killed, just as a task was on its way to it.
//   - a workflow task that was meant for the cache of a worker that died does not wait when the server died with it. When
//     only the worker died it waits for worker.Options.StickyScheduleToStartTimeout: 5 seconds unless set; 1 is enough.
//
// # Several servers in one process
//
// Servers do not disturb one another. Temporal never frees all of a stopped one: some 20 sleeping goroutines and 2 MB stay, and
// the connection to a file for a minute. Tests may start dozens; a program should start one.
package devserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/metrics"
	"go.temporal.io/server/temporal"
	"go.uber.org/zap"
)

// DefaultNamespace is the namespace of a server whose options name none.
const DefaultNamespace = "rogatory"

// stopLimit bounds Stop. An orderly stop takes a few milliseconds.
const stopLimit = 5 * time.Second

// readyLimit bounds the wait for the server's first answer, which takes some 20 ms.
const readyLimit = 30 * time.Second

// Options say where a server keeps its state and what is registered on it. The zero value is a server in memory.
type Options struct {
	// File is the SQLite file that holds the server's state; it and File.lock are made when missing, their directory is not.
	// Empty keeps the state in memory, to be lost with the process.
	File string
	// Namespace is registered at start and is the default of every client; empty means DefaultNamespace.
	// One file may hold several namespaces, one for each that it was ever started with.
	Namespace string
	// Logger receives the server's own log. Nil discards it.
	Logger *zap.Logger
	// SearchAttributes are registered on the namespace at start. A later start on the same file may add to them; it may not
	// change a type, and leaving one out does not remove it.
	SearchAttributes map[string]enumspb.IndexedValueType
}

// Server is a running Temporal server. Its methods may be called from several goroutines.
type Server struct {
	address   string
	namespace string
	temporal  temporal.Server
	lock      *fileLock // nil in memory

	mu      sync.Mutex // guards clients and stopped
	clients []client.Client
	stopped bool
	done    chan struct{} // closed when the first Stop has returned
}

// Start brings a server up; when it returns without error the server answers. The context bounds the start only.
//
// A file that another server holds, in this process or another, is refused with an error that wraps ErrLocked; a file that is
// not the state of such a server is refused and left as it is.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Namespace == "" {
		o.Namespace = DefaultNamespace
	}
	st, err := openStore(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("devserver: %w", err)
	}
	s := &Server{namespace: o.Namespace, lock: st.lock, done: make(chan struct{})}
	if err := s.start(ctx, st, o.Logger); err != nil {
		st.lock.release()
		return nil, fmt.Errorf("devserver: %w", err)
	}
	return s, nil
}

// start brings the services up, on other ports when some process took one of them between the choice and the use.
func (s *Server) start(ctx context.Context, st *store, logger *zap.Logger) error {
	const attempts = 5
	var err error
	for range attempts {
		if err = ctx.Err(); err != nil {
			return err
		}
		var p ports
		if p, err = freePorts(); err != nil {
			return err
		}
		err = s.startOn(ctx, p, st, logger)
		if err == nil || !errors.Is(err, errFatal) {
			return err
		}
	}
	return fmt.Errorf("no free ports in %d attempts: %w", attempts, err)
}

func (s *Server) startOn(ctx context.Context, p ports, st *store, zl *zap.Logger) (err error) {
	defer recoverFatal(&err)
	cfg := serverConfig(p, st)
	srv, err := temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(services),
		temporal.WithStaticHosts(p.hosts()),
		temporal.WithLogger(newLogger(zl)),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return authorization.NewNoopClaimMapper() }),
		temporal.WithCustomMetricsHandler(metrics.NoopMetricsHandler),
		temporal.WithDynamicConfigClient(dynamicConfig),
	)
	if err != nil {
		return err
	}
	s.address, s.temporal = p.frontend(), srv
	if err := srv.Start(); err != nil {
		s.stopTemporal()
		return err
	}
	if err := s.awaitReady(ctx); err != nil {
		s.stopTemporal()
		return err
	}
	return nil
}

// awaitReady returns once a question to a workflow gets its answer, which takes the frontend, the shard and the store. Until
// then the frontend refuses connections as not healthy yet.
func (s *Server) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	for {
		err := s.probe(ctx)
		if errors.As(err, new(*serviceerror.NotFound)) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("server did not get ready: %w", errors.Join(ctx.Err(), err))
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// probe asks for a workflow that does not exist.
func (s *Server) probe(ctx context.Context) error {
	c, err := s.dial(ctx, client.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.DescribeWorkflowExecution(ctx, "no such workflow", "")
	return err
}

// Address is the host and port of the frontend, for clients in other processes.
func (s *Server) Address() string { return s.address }

// Namespace is the namespace that clients of this server use unless told otherwise.
func (s *Server) Namespace() string { return s.namespace }

// Client connects to the server. It overrides HostPort, fills in Namespace when empty, and discards the SDK's log when no
// Logger is given (the SDK alone would write to standard error). The server closes the client when it stops; closing it
// before is fine. Stop a worker before its client.
func (s *Server) Client(o client.Options) (client.Client, error) {
	c, err := s.dial(context.Background(), o)
	if err != nil {
		return nil, fmt.Errorf("devserver: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		c.Close()
		return nil, errors.New("devserver: server is stopped")
	}
	s.clients = append(s.clients, c)
	return c, nil
}

func (s *Server) dial(ctx context.Context, o client.Options) (client.Client, error) {
	o.HostPort = s.address
	if o.Namespace == "" {
		o.Namespace = s.namespace
	}
	if o.Logger == nil {
		o.Logger = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))
	}
	c, err := client.DialContext(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("connecting to %s: %w", s.address, err)
	}
	return c, nil
}

// Stop closes the clients it gave out, stops the server and frees its file. It returns within 5 seconds whatever happens, and
// at once when the server was stopped before. State in memory is gone; state in a file is whole, as it is after a kill.
func (s *Server) Stop() {
	s.mu.Lock()
	again := s.stopped
	s.stopped = true
	clients := s.clients
	s.clients = nil
	s.mu.Unlock()
	if again {
		<-s.done
		return
	}
	defer close(s.done)
	for _, c := range clients {
		c.Close()
	}
	s.stopTemporal()
	s.lock.release()
}

// stopTemporal gives the services stopLimit to go.
func (s *Server) stopTemporal() {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = s.temporal.Stop() // reports nothing that a caller could act on
	}()
	select {
	case <-gone:
	case <-time.After(stopLimit):
	}
}
