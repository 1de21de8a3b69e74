package attachment

import (
	"io"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/picture"
)

// allowed are the types of files that are taken, as their bytes say, and the ends of names that go with each; the first is
// given to a file without one. What browsers or machines run is not here: HTML, SVG and other XML, scripts, programs.
var allowed = map[string][]string{
	"image/jpeg": {"jpg", "jpeg", "jpe", "jfif"},
	"image/png":  {"png"},
	"image/gif":  {"gif"},
	"image/webp": {"webp"},
	"image/heic": {"heic", "heif"},
	"image/heif": {"heif", "heic"},
	"image/avif": {"avif"},
	"image/bmp":  {"bmp", "dib"},
	"image/tiff": {"tiff", "tif"},

	"image/vnd.adobe.photoshop": {"psd"},

	"audio/mpeg":  {"mp3", "mpga"},
	"audio/aac":   {"aac"},
	"audio/amr":   {"amr"},
	"audio/flac":  {"flac"},
	"audio/midi":  {"mid", "midi"},
	"audio/mp4":   {"m4a", "mp4"},
	"audio/x-m4a": {"m4a", "mp4"},
	"audio/ogg":   {"ogg", "oga", "opus"},
	"audio/wav":   {"wav"},
	"audio/aiff":  {"aiff", "aif"},

	"application/ogg":  {"ogg", "ogv", "oga", "opus"},
	"video/ogg":        {"ogv", "ogg"},
	"video/mp4":        {"mp4", "m4v", "m4a"},
	"video/x-m4v":      {"m4v", "mp4"},
	"video/quicktime":  {"mov", "qt"},
	"video/webm":       {"webm", "weba"},
	"video/mpeg":       {"mpeg", "mpg"},
	"video/3gpp":       {"3gp", "3gpp"},
	"video/3gpp2":      {"3g2"},
	"video/x-msvideo":  {"avi"},
	"video/matroska":   {"mkv"},
	"video/x-ms-asf":   {"wmv", "wma", "asf"},
	"application/pdf":  {"pdf"},
	"application/zip":  {"zip", "pages", "numbers", "key"},
	"application/gzip": {"gz", "tgz"},

	"application/x-tar":           {"tar"},
	"application/x-7z-compressed": {"7z"},
	"application/vnd.rar":         {"rar"},
	"application/epub+zip":        {"epub"},

	"text/plain":                {"txt", "text", "log", "md", "markdown", "csv", "tsv", "ics", "vcf", "json", "yaml", "yml"},
	"text/csv":                  {"csv", "txt", "log"},
	"text/tab-separated-values": {"tsv", "tab", "txt", "csv", "log"},
	"text/calendar":             {"ics"},
	"text/vcard":                {"vcf"},
	"text/rtf":                  {"rtf", "doc"},
	"application/json":          {"json", "txt", "log"},
	"application/x-ndjson":      {"ndjson", "jsonl", "json", "log", "txt"},
	"application/x-subrip":      {"srt", "txt"},
	"message/rfc822":            {"eml"},

	"application/msword":            {"doc", "dot"},
	"application/vnd.ms-excel":      {"xls", "xlt"},
	"application/vnd.ms-powerpoint": {"ppt", "pps", "pot"},
	"application/vnd.ms-outlook":    {"msg"},
	"application/x-ole-storage":     {"doc", "xls", "ppt", "msg"},

	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   {"docx"},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         {"xlsx"},
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": {"pptx", "ppsx"},

	"application/vnd.oasis.opendocument.text":         {"odt"},
	"application/vnd.oasis.opendocument.spreadsheet":  {"ods"},
	"application/vnd.oasis.opendocument.presentation": {"odp"},
	"application/vnd.oasis.opendocument.graphics":     {"odg"},
}

// Ends are the ends of names that files may have: of pictures, which messages show, and of all else. In order.
func Ends() (pictures, others []string) {
	for kind, ends := range allowed {
		if isPicture(kind) {
			pictures = append(pictures, ends...)
		} else {
			others = append(others, ends...)
		}
	}
	return ordered(pictures), ordered(others)
}

func ordered(ends []string) []string {
	slices.Sort(ends)
	return slices.Compact(ends)
}

// alsoKnownAs are types that are taken for another: of an animated PNG the first picture is.
var alsoKnownAs = map[string]string{"image/apng": "image/png"}

// sniff returns the type of a file as its first bytes say, and the name with an end that goes with it. What the client
// said of the type counts for nothing; a name that says something else than the bytes is refused.
// UnsupportedMedia with code unsupported_media_type.
func sniff(file io.Reader, name string) (kind, called string, err error) {
	found, err := mimetype.DetectReader(file)
	if err != nil {
		return "", "", noRoom(err)
	}
	kind, _, _ = strings.Cut(found.String(), ";")
	if same, ok := alsoKnownAs[kind]; ok {
		kind = same
	}
	ends, ok := allowed[kind]
	end := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	switch {
	case !ok:
		return "", "", unsupported("Files of the type " + kind + " are not taken.")
	case end == "":
		return kind, chat.FileName(strings.TrimSuffix(name, ".") + "." + ends[0]), nil
	case !slices.Contains(ends, end):
		return "", "", unsupported("The name ends in ." + end + ", but the file is of the type " + kind + ": name it ." + ends[0] + ".")
	}
	return kind, name, nil
}

func unsupported(message string) error {
	return &chat.Error{Kind: chat.UnsupportedMedia, Code: "unsupported_media_type", Field: "source", Message: "source: " + message}
}

// isPicture tells whether browsers may show the file: it was made anew here.
func isPicture(kind string) bool { return slices.Contains(picture.Types(), kind) }

// renamed is the name of a file that has become one of another type.
func renamed(name, kind string) string {
	end := path.Ext(name)
	if slices.Contains(allowed[kind], strings.ToLower(strings.TrimPrefix(end, "."))) {
		return name
	}
	return strings.TrimSuffix(name, end) + "." + allowed[kind][0]
}
