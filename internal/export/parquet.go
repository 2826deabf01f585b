package export

import (
	"io"
	"time"

	"github.com/parquet-go/parquet-go"
)

// parquetRow has the columns of the CSV file, with types.
type parquetRow struct {
	Log      string    `parquet:"log,dict,zstd"`
	Index    int64     `parquet:"index,delta"`
	Leaf     string    `parquet:"leaf"`
	Event    string    `parquet:"event,zstd"`
	Case     string    `parquet:"case,dict,zstd"`
	Party    string    `parquet:"party,dict,zstd"`
	Sequence int32     `parquet:"sequence"`
	At       time.Time `parquet:"at,timestamp(millisecond)"`
	Kind     string    `parquet:"kind,dict,zstd"`
	Readers  []string  `parquet:"readers,list"`
	Sealed   bool      `parquet:"sealed"`
	Actor    string    `parquet:"actor,dict,zstd"`
	Articles []string  `parquet:"articles,list"`
	Policy   string    `parquet:"policy,dict,zstd"`
	Message  string    `parquet:"message,zstd"`
	Passage  string    `parquet:"passage,dict,zstd"`
	Body     string    `parquet:"body,zstd"`
}

// rowGroup is how many rows are held until they are written together.
const rowGroup = 32_768

type parquetWriter struct {
	w    *parquet.GenericWriter[parquetRow]
	rows int
}

func newParquet(w io.Writer) writer {
	return &parquetWriter{w: parquet.NewGenericWriter[parquetRow](w, parquet.CreatedBy("rogatory", "0", "0"))}
}

func (p *parquetWriter) write(rows []row, _ []object) error {
	batch := make([]parquetRow, len(rows))
	for i, r := range rows {
		batch[i] = parquetRow{
			r.Log, int64(r.Index), r.Leaf, r.Event, r.Case, r.Party, int32(r.Sequence), r.At, r.Kind, r.Readers, r.Sealed, r.Actor, r.Articles,
			r.Policy, r.Message, r.Passage, r.Body,
		}
	}
	if _, err := p.w.Write(batch); err != nil {
		return err
	}
	if p.rows += len(rows); p.rows < rowGroup {
		return nil
	}
	p.rows = 0
	return p.w.Flush()
}

func (p *parquetWriter) close() error { return p.w.Close() }
