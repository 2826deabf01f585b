package auditlog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"rogatory/internal/mla"
)

// RoleKeys are the keys with which the roles of one State read its log. The public needs none.
type RoleKeys map[mla.Role]*age.X25519Identity

// GenerateKeys draws a key for every role that reads with one.
func GenerateKeys() (RoleKeys, error) { return RoleKeys{}.complete() }

func (k RoleKeys) complete() (RoleKeys, error) {
	for _, r := range mla.Roles {
		if k[r] != nil || r == mla.Public {
			continue
		}
		id, err := age.GenerateX25519Identity()
		if err != nil {
			return nil, fmt.Errorf("draw the key of %s: %w", r, err)
		}
		k[r] = id
	}
	return k, nil
}

// OpenKeys returns the keys kept in dir, one file per role, and draws and saves those that are missing. The directory
// must not be inside the published one.
func OpenKeys(dir string) (RoleKeys, error) {
	k, err := LoadKeys(dir)
	if err != nil {
		return nil, err
	}
	if k, err = k.complete(); err != nil {
		return nil, err
	}
	return k, SaveKeys(dir, k)
}

// LoadKeys returns the keys kept in dir; roles without a file are absent, and so is everything if dir is.
func LoadKeys(dir string) (RoleKeys, error) {
	k := RoleKeys{}
	for _, r := range mla.Roles {
		raw, err := os.ReadFile(keyFile(dir, r))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the key of %s: %w", r, err)
		}
		id, err := age.ParseX25519Identity(lastLine(string(raw)))
		if err != nil {
			return nil, fmt.Errorf("%s: key of %s: %w: restore the file; what is sealed to it cannot be read otherwise",
				keyFile(dir, r), r, err)
		}
		k[r] = id
	}
	return k, nil
}

// SaveKeys writes each key to its own file in dir, readable by its owner only. A file that is there with the same key
// is left alone; one with another key is an error, for what is sealed to that key could then no longer be read.
func SaveKeys(dir string, k RoleKeys) error {
	kept, err := LoadKeys(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("save keys: %w", err)
	}
	for _, r := range mla.Roles {
		switch old := kept[r]; {
		case k[r] == nil || old != nil && old.String() == k[r].String():
			continue
		case old != nil:
			return fmt.Errorf("save keys: %s holds another key of %s: move it away first", keyFile(dir, r), r)
		}
		text := fmt.Sprintf("# key of the %s; public key: %s\n%s\n", r, k[r].Recipient(), k[r])
		if err := writeFile(dir, keyFile(dir, r), []byte(text), 0o600); err != nil {
			return fmt.Errorf("save the key of %s: %w", r, err)
		}
	}
	return syncDir(dir)
}

// Recipients returns what Options.Recipients wants.
func (k RoleKeys) Recipients() map[mla.Role]age.Recipient {
	out := make(map[mla.Role]age.Recipient, len(k))
	for r, id := range k {
		out[r] = id.Recipient()
	}
	return out
}

// Identities returns the keys of the roles given, as package verify wants them; a role without a key adds none.
func (k RoleKeys) Identities(roles ...mla.Role) []age.Identity {
	var out []age.Identity
	for _, r := range roles {
		if id := k[r]; id != nil {
			out = append(out, id)
		}
	}
	return out
}

func keyFile(dir string, r mla.Role) string { return filepath.Join(dir, string(r)+".key") }

func lastLine(text string) string {
	text = strings.TrimRight(text, "\r\n")
	return strings.TrimSpace(text[strings.LastIndex(text, "\n")+1:])
}
