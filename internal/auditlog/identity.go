package auditlog

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

const minSeed = 16

// identity is what a log is known by, derived from its seed and origin.
type identity struct {
	signer note.Signer
	vkey   string
	secret []byte
}

func newIdentity(origin string, seed []byte) (identity, error) {
	if len(seed) < minSeed {
		return identity{}, fmt.Errorf("%w: a seed of %d bytes, want at least %d", ErrOptions, len(seed), minSeed)
	}
	prk, err := hkdf.Extract(sha256.New, seed, []byte("rogatory log 1"))
	if err != nil {
		return identity{}, err
	}
	secret, err := hkdf.Expand(sha256.New, prk, "secret\n"+origin, 32)
	if err != nil {
		return identity{}, err
	}
	signing, err := hkdf.Expand(sha256.New, prk, "signer\n"+origin, ed25519.SeedSize)
	if err != nil {
		return identity{}, err
	}
	public := ed25519.NewKeyFromSeed(signing).Public().(ed25519.PublicKey)
	vkey, err := note.NewEd25519VerifierKey(origin, public)
	if err != nil {
		return identity{}, fmt.Errorf("%w: origin %q: %w", ErrOptions, origin, err)
	}
	if strings.Count(vkey, "+") < 2 {
		return identity{}, fmt.Errorf("%w: origin %q", ErrOptions, origin)
	}
	hash := strings.Split(strings.TrimPrefix(vkey, origin+"+"), "+")[0]
	algorithmAndKey := append([]byte{1}, signing...)
	signer, err := note.NewSigner("PRIVATE+KEY+" + origin + "+" + hash + "+" +
		base64.StdEncoding.EncodeToString(algorithmAndKey))
	if err != nil {
		return identity{}, fmt.Errorf("%w: origin %q: %w", ErrOptions, origin, err)
	}
	return identity{signer: signer, vkey: vkey, secret: secret}, nil
}

// VerifierKey returns the public key of the log that this origin and seed make: what an auditor should be given by
// another way than the log itself.
func VerifierKey(origin string, seed []byte) (string, error) {
	id, err := newIdentity(origin, seed)
	return id.vkey, err
}
