package cluster_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	sdklog "go.temporal.io/sdk/log"

	"rogatory/internal/cluster"
)

func TestTheSDKsLogGoesToZapWithItsKeysAndLevels(t *testing.T) {
	var out strings.Builder
	z, err := cluster.NewLogger(&out, "warn")
	if err != nil {
		t.Fatal(err)
	}
	l := sdklog.With(cluster.SDKLogger(z), "case", "g29")
	l.Info("not this")
	l.Warn("that", "attempt", 2)
	got := out.String()
	if strings.Contains(got, "not this") || !strings.Contains(got, "WARN\tthat") ||
		!strings.Contains(got, `{"case": "g29", "attempt": 2}`) {
		t.Errorf("log is %q", got)
	}
}

func TestALogIsSilentUntilItIsGivenALevel(t *testing.T) {
	var out strings.Builder
	z, err := cluster.NewLogger(&out, "")
	if err != nil {
		t.Fatal(err)
	}
	cluster.SDKLogger(z).Error("nobody asked")
	if out.Len() > 0 {
		t.Errorf("log is %q, want nothing", out.String())
	}
	if _, err := cluster.NewLogger(&out, "loud"); err == nil || !strings.Contains(err.Error(), "debug") {
		t.Errorf("level loud: error %v, want one that lists the levels", err)
	}
}

func TestFlagsGoOverTemporalsConfiguration(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "temporal.toml")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TEMPORAL_CONFIG_FILE", empty)
	for _, v := range []string{"TEMPORAL_PROFILE", "TEMPORAL_TLS", "TEMPORAL_API_KEY"} {
		t.Setenv(v, "")
	}
	t.Setenv("TEMPORAL_ADDRESS", "from.env:7233")
	t.Setenv("TEMPORAL_NAMESPACE", "space-from-env")
	z, err := cluster.NewLogger(&strings.Builder{}, "")
	if err != nil {
		t.Fatal(err)
	}
	o, err := cluster.Connection{Address: "from.flag:7233", TLS: true}.Options(z)
	if err != nil {
		t.Fatal(err)
	}
	if o.HostPort != "from.flag:7233" || o.Namespace != "space-from-env" || o.ConnectionOptions.TLS == nil {
		t.Errorf("address %s, namespace %s, TLS %v", o.HostPort, o.Namespace, o.ConnectionOptions.TLS)
	}
}
