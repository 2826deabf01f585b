package auditlog

import (
	"path"

	"github.com/transparency-dev/tessera/api/layout"
)

// Names in the published directory, relative to it, with slashes.
const (
	CheckpointPath  = layout.CheckpointPath
	VerifierKeyPath = "log.vkey"
	StateDir        = ".state" // private; see the package comment
	keysDir         = "keys"
	sealedDir       = "sealed"
	tileDir         = "tile"
)

// Limits of an append.
const (
	MaxEvent       = 32 << 10  // bytes of one event in canonical form
	MaxBatch       = 64        // events of one Append
	MaxBatchBytes  = 256 << 10 // bytes of their canonical forms together
	maxCase        = 256       // bytes of a case's name
	padding        = 512       // sealed bodies are padded to a multiple of it
	entriesPerTile = layout.EntryBundleWidth
)

// KeysPath names the key notes of keys that are first met in bundle n: leaves 256n to 256n+255.
func KeysPath(n uint64) string { return path.Join(keysDir, layout.NWithSuffix(0, n, 0)) }

// SealedPath names the sealed bodies of bundle n.
func SealedPath(n uint64) string { return path.Join(sealedDir, layout.NWithSuffix(0, n, 0)) }
