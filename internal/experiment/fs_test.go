package experiment

import (
	"io/fs"
	"testing/fstest"
)

func fsOf(files map[string][]byte) fs.FS {
	out := fstest.MapFS{}
	for name, content := range files {
		out[name] = &fstest.MapFile{Data: content}
	}
	return out
}
