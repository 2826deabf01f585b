package policies

import "strings"

// realName reports whether a name is that of a real State or a major firm, in any case and however its words are joined.
// Parties are fictional: the law data is for study, not for real requests.
func realName(name string) bool {
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return r
			case r >= 'A' && r <= 'Z':
				return r - 'A' + 'a'
			}
			return -1
		}, s)
	}
	want := fold(name)
	if want == "" {
		return false
	}
	for _, list := range []string{realStates, realFirms} {
		for _, real := range strings.Split(list, "|") {
			if fold(real) == want {
				return true
			}
		}
	}
	return false
}

// realStates are the short names of ISO 3166-1 and a few in common use.
const realStates = "Afghanistan|Albania|Algeria|Andorra|Angola|Antigua and Barbuda|Argentina|Armenia|Australia|Austria|" +
	"Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia and Herzegovina|" +
	"Bosnia|Botswana|Brazil|Brunei|Brunei Darussalam|Bulgaria|Burkina Faso|Burundi|Cabo Verde|Cape Verde|Cambodia|Cameroon|" +
	"Canada|Central African Republic|Chad|Chile|China|Colombia|Comoros|Congo|Costa Rica|Cote d'Ivoire|Ivory Coast|Croatia|" +
	"Cuba|Cyprus|Czechia|Czech Republic|Denmark|Djibouti|Dominica|Dominican Republic|Ecuador|Egypt|El Salvador|England|" +
	"Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|" +
	"Great Britain|Greece|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|Haiti|Holy See|Honduras|Hong Kong|Hungary|Iceland|" +
	"India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Korea|South Korea|" +
	"North Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|" +
	"Macao|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|Mauritania|Mauritius|Mexico|Micronesia|Moldova|" +
	"Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Burma|Namibia|Nauru|Nepal|Netherlands|Holland|New Zealand|" +
	"Nicaragua|Niger|Nigeria|North Macedonia|Macedonia|Norway|Oman|Pakistan|Palau|Palestine|Panama|Papua New Guinea|" +
	"Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Russian Federation|Rwanda|Saint Kitts and Nevis|" +
	"Saint Lucia|Saint Vincent and the Grenadines|Samoa|San Marino|Sao Tome and Principe|Saudi Arabia|Scotland|Senegal|" +
	"Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|South Sudan|Spain|" +
	"Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Timor-Leste|Togo|Tonga|" +
	"Trinidad and Tobago|Tunisia|Turkey|Turkiye|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|UAE|UK|" +
	"United Kingdom|United States|United States of America|USA|Uruguay|Uzbekistan|Vanuatu|Vatican|Venezuela|Vietnam|" +
	"Viet Nam|Wales|Yemen|Zambia|Zimbabwe"

// realFirms are firms that hold much of the world's electronic evidence.
const realFirms = "Adobe|Airbnb|Akamai|Alibaba|Alphabet|Amazon|AWS|AOL|Apple|AT&T|Baidu|ByteDance|Cloudflare|" +
	"Deutsche Telekom|Discord|Dropbox|eBay|Ericsson|Facebook|GitHub|GitLab|GoDaddy|Gmail|Google|Hetzner|Huawei|IBM|" +
	"Instagram|Kakao|Line|LinkedIn|Mail.ru|Mastercard|Meta|Microsoft|Netflix|Nokia|Oracle|Orange|Outlook|OVH|OVHcloud|" +
	"PayPal|Pinterest|Proton|ProtonMail|Reddit|Salesforce|Samsung|SAP|Signal|Skype|Slack|Snapchat|Snap|Sony|Spotify|" +
	"T-Mobile|Telefonica|Telegram|Tencent|TikTok|Twitch|Twitter|Uber|Verizon|Viber|Visa|VK|Vodafone|WeChat|WhatsApp|" +
	"Wikipedia|X Corp|Xiaomi|Yahoo|Yandex|YouTube|Zoom"
