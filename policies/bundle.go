package policies

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"rogatory/internal/mla"
)

// Bundle is the law of one set of files: facts, instruments, States and who may read what. It never changes once loaded
// and may be used by many goroutines at once.
type Bundle struct {
	files      map[string][]byte
	caseFiles  map[string][]byte // read when asked for: cases are the law's tests, not law
	digest     string
	facts      []*Fact
	byPath     map[mla.Path]*Fact
	language   *language
	regimes    map[string]*Regime
	states     map[mla.State]*StateLaw
	safeguards map[string]*Safeguard
	readings   []reading
	classes    []classes // by the index of the fact

	mu   sync.Mutex
	laws map[string]*Law
}

// largestFile bounds a law file.
const largestFile = 1 << 20

//go:embed facts.yaml readers.yaml regimes/*.yaml states/*.yaml safeguards/*.yaml cases/*.yaml
var shipped embed.FS

// Shipped returns the law that comes with the software.
var Shipped = sync.OnceValues(func() (*Bundle, error) { return Load(shipped) })

// Load reads facts.yaml, readers.yaml, regimes/*.yaml, states/*.yaml and safeguards/*.yaml, and keeps cases/*.yaml for
// RunCases; anything else in fsys is left alone. There may be no safeguards and no cases. The error is Faults: everything
// wrong with the files, each with its place and what to do.
func Load(fsys fs.FS) (*Bundle, error) {
	b, faults := load(fsys)
	if len(faults) > 0 {
		return nil, faults.sorted()
	}
	return b, nil
}

// load reads, in this order, what everything later rests on: the files, the facts they declare, and then the law in terms
// of those facts.
func load(fsys fs.FS) (*Bundle, Faults) {
	b := &Bundle{files: map[string][]byte{}, regimes: map[string]*Regime{}, states: map[mla.State]*StateLaw{},
		byPath: map[mla.Path]*Fact{}, laws: map[string]*Law{}, safeguards: map[string]*Safeguard{}, caseFiles: map[string][]byte{}}
	names, faults := lawFileNames(fsys)
	b.readFiles(fsys, names, &faults)
	roots := map[string]entry{}
	parseAll(b.files, roots, &faults)
	b.digest = digestOf(b.files)
	if _, ok := roots["facts.yaml"]; !ok {
		return nil, faults
	}
	if err := b.readDeclarations(names, roots); err != nil {
		return nil, append(faults, Fault{File: "facts.yaml", Message: err.Error(), Fix: "rename the fact"})
	}
	b.readLaw(names, roots)
	b.checkNames(roots)
	if len(faults) > 0 {
		return nil, faults
	}
	b.classes = classify(b.facts, b.language.atoms)
	if faults = b.tooLarge(); len(faults) > 0 {
		return nil, faults
	}
	return b, nil
}

// lawFileNames lists the files of the law, and those that look like law and are not read.
func lawFileNames(fsys fs.FS) (names []string, faults Faults) {
	names = []string{"facts.yaml", "readers.yaml"}
	for _, folder := range []string{"regimes", "states", "safeguards", "cases"} {
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, Fault{File: folder, Message: err.Error()})
		}
		found := 0
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			switch path.Ext(name) {
			case ".yaml":
				found++
				names = append(names, name)
			case ".yml", ".json":
				faults = append(faults, Fault{File: name, Message: "not read as law", Fix: "law files end in .yaml"})
			}
		}
		if found == 0 && (folder == "regimes" || folder == "states") {
			faults = append(faults, Fault{File: folder, Message: "there is no .yaml file", Fix: "add one to the folder " + folder})
		}
	}
	return names, faults
}

// readFiles keeps the bytes of each file: the law's own cases apart, for they are no part of the law.
func (b *Bundle) readFiles(fsys fs.FS, names []string, faults *Faults) {
	for _, name := range names {
		content, err := read(fsys, name)
		switch {
		case err != nil:
			*faults = append(*faults, *err)
		case strings.HasPrefix(name, "cases/"):
			b.caseFiles[name] = content
		default:
			b.files[name] = content
		}
	}
}

// readDeclarations reads the facts, those that instruments and safeguards add included, and makes the language over them.
func (b *Bundle) readDeclarations(names []string, roots map[string]entry) error {
	root := roots["facts.yaml"]
	facts, broken := readFacts(root)
	for _, name := range names {
		if root, ok := roots[name]; ok && (strings.HasPrefix(name, "regimes/") || strings.HasPrefix(name, "safeguards/")) {
			facts = readOwnFacts(root, facts, broken)
		}
	}
	b.facts = facts
	checkDeclared(root.doc, b.facts, broken)
	for _, f := range b.facts {
		b.byPath[f.Path] = f
	}
	lang, err := newLanguage(b.facts)
	if err != nil {
		return err
	}
	lang.broken = broken
	b.language = lang
	return nil
}

// readLaw reads who reads what, the instruments, the States and the safeguards.
func (b *Bundle) readLaw(names []string, roots map[string]entry) {
	if root, ok := roots["readers.yaml"]; ok {
		b.readings = readReaders(root)
	}
	for _, name := range names {
		root, ok := roots[name]
		stem := strings.TrimSuffix(path.Base(name), ".yaml")
		switch {
		case !ok:
		case strings.HasPrefix(name, "regimes/"):
			if r := b.language.readRegime(root, stem); r.ID != "" {
				b.regimes[r.ID] = r
			}
		case strings.HasPrefix(name, "states/"):
			if s := b.language.readState(root, stem); s.ID != "" {
				b.states[s.ID] = s
			}
		case strings.HasPrefix(name, "safeguards/"):
			if s := b.language.readSafeguard(root, stem); s.ID != "" {
				b.safeguards[s.ID] = s
			}
		}
	}
}

// parseAll parses the files side by side: half the time of loading is in YAML. The faults come in the order of names.
func parseAll(files map[string][]byte, roots map[string]entry, faults *Faults) {
	names := sortedKeys(files)
	found, wrong, ok := make([]entry, len(names)), make([]Faults, len(names)), make([]bool, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { found[i], ok[i] = parse(name, files[name], &wrong[i]) })
	}
	all.Wait()
	for i, name := range names {
		*faults = append(*faults, wrong[i]...)
		if ok[i] {
			roots[name] = found[i]
			found[i].doc.faults = faults
		}
	}
}

func read(fsys fs.FS, name string) ([]byte, *Fault) {
	info, err := fs.Stat(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Fault{File: name, Message: "the file is missing", Fix: "copy it from the law that comes with the software"}
	}
	if err == nil && info.Size() > largestFile {
		return nil, &Fault{File: name, Message: fmt.Sprintf("the file has %d bytes, more than %d", info.Size(), largestFile), Fix: "split it"}
	}
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, &Fault{File: name, Message: err.Error()}
	}
	if bytes.IndexByte(content, 0) >= 0 || !utf8.Valid(content) || len(content) > largestFile {
		return nil, &Fault{File: name, Message: "the file is no text", Fix: "save it as plain UTF-8"}
	}
	return content, nil
}

// Digest names the law by its content: sha256, hex, over the sorted names and the contents of its files.
func (b *Bundle) Digest() string { return b.digest }

func digestOf(files map[string][]byte) string {
	var listing strings.Builder
	for _, name := range sortedKeys(files) {
		fmt.Fprintf(&listing, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	sum := sha256.Sum256([]byte(listing.String()))
	return hex.EncodeToString(sum[:])
}

// Files returns the law's files by name, so that a run can carry them; loading them again gives the same digest.
func (b *Bundle) Files() map[string][]byte {
	out := make(map[string][]byte, len(b.files))
	for name, content := range b.files {
		out[name] = slices.Clone(content)
	}
	return out
}

// InstrumentIDs lists the instruments in order.
func (b *Bundle) InstrumentIDs() []string { return sortedKeys(b.regimes) }

// StateIDs lists the States in order.
func (b *Bundle) StateIDs() []mla.State { return sortedKeys(b.states) }

// Instrument returns one instrument as its file states it.
func (b *Bundle) Instrument(id string) (*Regime, error) {
	if r := b.regimes[id]; r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("unknown instrument %q: %s", id, suggest(id, b.InstrumentIDs()))
}

// State returns one State as its file states it.
func (b *Bundle) State(id mla.State) (*StateLaw, error) {
	if s := b.states[id]; s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("unknown State %q: %s", id, suggest(string(id), b.StateIDs()))
}

// SafeguardIDs lists the safeguards in order.
func (b *Bundle) SafeguardIDs() []string { return sortedKeys(b.safeguards) }

// Safeguard returns one safeguard as its file states it.
func (b *Bundle) Safeguard(id string) (*Safeguard, error) {
	if s := b.safeguards[id]; s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("unknown safeguard %q: %s", id, suggest(id, b.SafeguardIDs()))
}

func (b *Bundle) rules() (out []*Rule) {
	for _, id := range b.InstrumentIDs() {
		out = append(out, b.regimes[id].Rules...)
	}
	for _, id := range b.StateIDs() {
		out = append(out, b.states[id].Overlay...)
	}
	for _, id := range b.SafeguardIDs() {
		out = append(out, b.safeguards[id].Rules...)
	}
	return out
}

// Rules lists every rule, instrument by instrument in the order of their files, then the States' own, then the
// safeguards'.
func (b *Bundle) Rules() []Rule {
	all := b.rules()
	out := make([]Rule, len(all))
	for i, r := range all {
		out[i] = *r
	}
	return out
}

// Facts lists every declared fact in the order of facts.yaml.
func (b *Bundle) Facts() []Fact {
	out := make([]Fact, len(b.facts))
	for i, f := range b.facts {
		out[i] = *f
	}
	return out
}

// Fact returns the declaration of a fact.
func (b *Bundle) Fact(p mla.Path) (Fact, error) {
	f := b.byPath[p]
	if f == nil {
		paths := make([]mla.Path, len(b.facts))
		for i, f := range b.facts {
			paths[i] = f.Path
		}
		fix := "facts.yaml lists those there are"
		if n := nearest(string(p), paths); n != "" {
			fix = "did you mean " + n + "?"
		}
		return Fact{}, fmt.Errorf("unknown fact %s: %s", p, fix)
	}
	return *f, nil
}

// CheckFact reports why a layer of a case cannot give p the value v: no such fact (with the nearest there is), a wrong
// type, a value outside the domain, or a fact that follows from the law and is nobody's to give.
func (b *Bundle) CheckFact(p mla.Path, v mla.Value) error {
	f, err := b.Fact(p)
	if err != nil {
		return err
	}
	if f.KnownBy == LawSays {
		return fmt.Errorf("fact %s follows from the instruments and State files (leave it out)", p)
	}
	return f.check(v)
}
