package chat

import "testing"

func TestWebColor(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"0af": "#00aaff", "#0AF": "#00aaff", "65758e": "#65758e", "#0099FF": "#0099ff",
		"": "", "#": "", "red": "", "0aff": "", "#0a": "", "##0af": "", "0af ": "", "0af\n": "", "#12345678": "", "٠٠٠": "",
	} {
		if got, ok := WebColor(given); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

func TestPagesSeeSixDigits(t *testing.T) {
	t.Parallel()
	app := App{Settings: AppSettings{Color: "#0a7a55"}}
	for given, want := range map[string]string{"f80": "#ff8800", "#F80": "#ff8800", "112233": "#112233"} {
		if got := (Integration{Settings: map[string]any{"brandColor": given}}).Show(app).Settings.Color; got != want {
			t.Errorf("%s is shown as %s", given, got)
		}
	}
	if got := (Integration{}).Show(app).Settings.Color; got != "#0a7a55" {
		t.Errorf("without a colour of its own it is %s", got)
	}
}
