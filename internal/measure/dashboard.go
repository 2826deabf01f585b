package measure

// Headline is one line of the dashboard: a question, and the measures that answer it.
type Headline struct {
	Asks     string
	Measures []string // ids
}

// Dashboard is the ten lines that stand for the whole catalogue.
var Dashboard = []Headline{
	{"Do secrets end?", []string{"G01.IndefiniteShare", "G01.Stale.5y"}},
	{"A judge first?", []string{"G03.UnjudgedShare.subscriber", "G03.UnjudgedShare.traffic", "G03.UnjudgedShare.content"}},
	{"Are people told?", []string{"G31.NoticeRate.1y"}},
	{"A crime in both?", []string{"G27.FalseDual"}},
	{"Rights grounds?", []string{"G28.Unused", "G30.Recall", "G30.FalseAlarm", "G30.ROC"}},
	{"Under load?", []string{"G16.Refused", "G16.DetectSlope"}},
	{"Round the back?", []string{"G35.InformalShare", "G35.ChannelShift"}},
	{"Can people see?", []string{"G04.Coverage", "G04.ReportedRatio"}},
	{"Refusal holds?", []string{"G25.RetryAfterRefusal", "G25.ShopRate"}},
	{"A day in court?", []string{"G32.RemedyReach", "G32.Notice", "G32.Standing", "G32.Forum", "G32.InTime"}},
}

// Prices are the measures that stand beside every line.
var Prices = []string{"Price.FalseStop", "Price.HonestDays"}
