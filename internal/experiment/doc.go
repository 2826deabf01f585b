// Package experiment runs designs: a population under several settings, the same letters under each, and what the settings
// change, with its uncertainty and its price. A simulation returns what was put in: no figure of it is a finding about any
// State.
package experiment

import (
	_ "github.com/parquet-go/parquet-go"
	_ "gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/memblob"
	_ "gonum.org/v1/gonum/stat/distuv"
	_ "gonum.org/v1/plot"
	_ "gonum.org/v1/plot/vg/vgsvg"
)
