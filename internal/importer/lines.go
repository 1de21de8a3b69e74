package importer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxLine is the most bytes of a line.
const maxLine = 1 << 20

// line is one line of a source.
type line struct {
	source string
	number int64
	raw    []byte
}

// lines reads a source.
type lines struct {
	source Source
	reader *bufio.Reader
	number int64
}

func newLines(source Source) *lines {
	return &lines{source: source, reader: bufio.NewReaderSize(source.Reader, 64<<10)}
}

// batch returns the next lines that are not blank, and io.EOF with the last ones.
func (l *lines) batch() (batch []line, err error) {
	for size := 0; len(batch) < batchLines && size < batchBytes; {
		raw, err := l.next()
		if len(raw) > 0 {
			batch = append(batch, line{l.source.Name, l.number, raw})
			size += len(raw)
		}
		if err != nil {
			return batch, err
		}
	}
	return batch, nil
}

// next returns the next line without white space around it.
func (l *lines) next() ([]byte, error) {
	l.number++
	var whole []byte
	for {
		part, err := l.reader.ReadSlice('\n')
		if len(whole)+len(part) > maxLine {
			return nil, fmt.Errorf("%s:%d: the line has more than %d bytes", l.source.Name, l.number, maxLine)
		}
		whole = append(whole, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			err = fmt.Errorf("read %s: %w", l.source.Name, err)
		}
		return bytes.TrimSpace(whole), err
	}
}
