package cluster

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/pflag"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.uber.org/zap"
)

// Connection says which cluster is meant. What is empty follows Temporal's own configuration: the profile in its file,
// overlaid by TEMPORAL_* variables.
type Connection struct {
	Address   string
	Namespace string
	Profile   string
	APIKey    string
	TLS       bool
}

// Flags offers the connection's fields on a command line.
func (c *Connection) Flags(f *pflag.FlagSet) {
	f.StringVar(&c.Address, "address", "", "host and port of a Temporal cluster")
	f.StringVar(&c.Namespace, "namespace", "", "namespace on that cluster")
	f.StringVar(&c.Profile, "profile", "", "profile in Temporal's configuration file")
	f.StringVar(&c.APIKey, "api-key", "", "API key; better given as TEMPORAL_API_KEY")
	f.BoolVar(&c.TLS, "tls", false, "connect with TLS; certificates come from the profile or TEMPORAL_TLS_* variables")
}

// Options lays the fields over Temporal's own configuration. Its errors name the file or variable at fault.
func (c Connection) Options(logger *zap.Logger) (client.Options, error) {
	profile, err := envconfig.LoadClientConfigProfile(envconfig.LoadClientConfigProfileOptions{ConfigFileProfile: c.Profile})
	if err != nil {
		return client.Options{}, fmt.Errorf("read Temporal's configuration: %w", err)
	}
	profile.Address = cmp.Or(c.Address, profile.Address)
	profile.Namespace = cmp.Or(c.Namespace, profile.Namespace)
	profile.APIKey = cmp.Or(c.APIKey, profile.APIKey)
	if c.TLS && profile.TLS == nil {
		profile.TLS = &envconfig.ClientConfigTLS{}
	}
	o, err := profile.ToClientOptions(envconfig.ToClientOptionsRequest{})
	if err != nil {
		return client.Options{}, fmt.Errorf("read Temporal's configuration: %w", err)
	}
	o.HostPort = cmp.Or(o.HostPort, client.DefaultHostPort)
	o.Namespace = cmp.Or(o.Namespace, client.DefaultNamespace)
	o.Logger = SDKLogger(logger)
	return o, nil
}

// Dial connects. The error says where to.
func Dial(ctx context.Context, o client.Options) (client.Client, error) {
	c, err := client.DialContext(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("no Temporal cluster answers at %s, namespace %s: %w", o.HostPort, o.Namespace, err)
	}
	return c, nil
}

// AddSearchAttributes makes the namespace know search attributes; those it knows already are left as they are. A cluster
// takes some seconds to spread the news; when it returns without error, workflows may be started with them.
func AddSearchAttributes(ctx context.Context, c client.Client, namespace string, attributes map[string]enumspb.IndexedValueType) error {
	there, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return fmt.Errorf("list the search attributes of namespace %s: %w", namespace, err)
	}
	missing := map[string]enumspb.IndexedValueType{}
	for name, kind := range attributes {
		if _, ok := there.GetCustomAttributes()[name]; !ok {
			missing[name] = kind
		}
	}
	if len(missing) > 0 {
		_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
			Namespace: namespace, SearchAttributes: missing,
		})
		if err != nil {
			return fmt.Errorf("add search attributes to namespace %s: %w", namespace, err)
		}
	}
	for name := range attributes {
		if err := awaitSearchAttribute(ctx, c, name); err != nil {
			return fmt.Errorf("namespace %s does not take up search attribute %s: %w", namespace, name, err)
		}
	}
	return nil
}

// awaitSearchAttribute asks until a query by the attribute is understood.
func awaitSearchAttribute(ctx context.Context, c client.Client, name string) error {
	ctx, cancel := context.WithTimeout(ctx, spreadLimit)
	defer cancel()
	for {
		_, err := c.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: name + " IS NOT NULL"})
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// spreadLimit bounds the wait for a cluster to take up search attributes; it usually takes two to ten seconds.
const spreadLimit = 30 * time.Second
