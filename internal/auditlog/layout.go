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

// KeyPath names the key note of a key.
func KeyPath(key string) string { return path.Join(keysDir, key[:2], key) }

// SealedPath names the sealed body with this hash (64 hexadecimal digits) under a key.
func SealedPath(key, hash string) string { return path.Join(sealedDir, key[:2], hash) }
