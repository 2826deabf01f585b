package devserver

import (
	"fmt"
	"net"
	"strconv"
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
)

const (
	loopback = "127.0.0.1"
	// clusterName is part of the stored state: a file made under another name cannot be opened.
	clusterName = "active"
	// shards is part of the stored state too. One connection writes, so more shards only add work.
	shards = 1
)

// services are the Temporal services that run. The worker service, which carries Temporal's own workflows, is left out.
var services = []string{
	string(primitives.FrontendService),
	string(primitives.HistoryService),
	string(primitives.MatchingService),
}

// dynamicConfig allows time skipping, and takes away the delays and limits that protect a shared cluster.
var dynamicConfig = dynamicconfig.StaticClient{
	dynamicconfig.WorkflowTimeSkippingEnabled.Key(): true,

	// A timer may fire this much late (1 s by default), and a queue is read at most so often (20 times a second by default).
	// These two make skipped time slow.
	dynamicconfig.TimerProcessorMaxTimeShift.Key():    time.Millisecond,
	dynamicconfig.TimerProcessorMaxPollRPS.Key():      10_000,
	dynamicconfig.TransferProcessorMaxPollRPS.Key():   10_000,
	dynamicconfig.VisibilityProcessorMaxPollRPS.Key(): 10_000,
	dynamicconfig.OutboundProcessorMaxPollRPS.Key():   10_000,

	// One user, who may ask as much as the machine bears. Ten reads of the list of workflows a second are the default.
	dynamicconfig.FrontendRPS.Key():                                         many,
	dynamicconfig.FrontendMaxNamespaceRPSPerInstance.Key():                  many,
	dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key():        many,
	dynamicconfig.FrontendMaxConcurrentLongRunningRequestsPerInstance.Key(): many,
	dynamicconfig.FrontendPersistenceMaxQPS.Key():                           many,
	dynamicconfig.HistoryPersistenceMaxQPS.Key():                            many,
	dynamicconfig.MatchingPersistenceMaxQPS.Key():                           many,

	// Who waits for a workflow's end asks anew this often (every 20 s by default). The server's subscription holds one message,
	// so of two events in quick succession it may drop the second, and that may be the end: once in some 500 skipped cases.
	dynamicconfig.HistoryLongPollExpirationInterval.Key(): time.Second,

	// One host: several partitions of a task queue would only forward to one another.
	dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
	dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,

	// Nobody reads the health of the store, and it takes half the memory of an idle server.
	dynamicconfig.PersistenceHealthSignalAggregationEnabled.Key(): false,
	dynamicconfig.PersistenceHealthSignalMetricsEnabled.Key():     false,
	dynamicconfig.PersistenceHealthSignalBufferSize.Key():         1,
	dynamicconfig.HistoryHealthSignalMetricsEnabled.Key():         false,
}

// many stands for "no limit" where Temporal wants a number. It leaves room for the multiplications done on it.
const many = 1_000_000

// ports are the free ports of one start, in the order of services.
type ports [3]int

// freePorts finds distinct ports on which nothing listens. Another process may take one before the server does.
func freePorts() (ports, error) {
	var p ports
	for i := range p {
		l, err := net.Listen("tcp", net.JoinHostPort(loopback, "0"))
		if err != nil {
			return p, fmt.Errorf("finding a free port on %s: %w", loopback, err)
		}
		defer l.Close() // all stay open until all are chosen, which makes them distinct
		p[i] = l.Addr().(*net.TCPAddr).Port
	}
	return p, nil
}

func (p ports) address(i int) string { return net.JoinHostPort(loopback, strconv.Itoa(p[i])) }

func (p ports) frontend() string { return p.address(0) }

// hosts is the static membership. Every service must have a host, even the one that does not run; nobody calls that.
func (p ports) hosts() map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{primitives.WorkerService: {All: []string{p.frontend()}}}
	for i, name := range services {
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(p.address(i))
	}
	return hosts
}

func serverConfig(p ports, st *store) *config.Config {
	rpc := make(map[string]config.Service)
	for i, name := range services {
		rpc[name] = config.Service{RPC: config.RPC{GRPCPort: p[i], BindOnIP: loopback}}
	}
	return &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     sqlite.PluginName,
			VisibilityStore:  sqlite.PluginName,
			NumHistoryShards: shards,
			DataStores:       map[string]config.DataStore{sqlite.PluginName: {SQL: st.sql}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: p.frontend()},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            rpc,
		PublicClient:        config.PublicClient{HostPort: p.frontend()},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchival{State: config.ArchivalDisabled},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: config.ArchivalDisabled},
		}},
	}
}
