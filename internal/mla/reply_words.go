package mla

// ReplyWords gives, for each question that a person at a desk can be put, the words that answer it. A question that is not
// here can be put to a script or a model only.
var ReplyWords = map[Question][]string{
	QDecide:                {string(Granted), string(PartlyGranted), string(GrantedWithConditions), string(Postponed), string(Refused)},
	QPreservation:          {"preserved", string(Refused)},
	QAuthorise:             {string(RulingGrant), string(RulingModify), string(RulingDeny)},
	QAuthorisePreservation: {string(RulingGrant), string(RulingDeny)},
	QChallenge:             {string(RulingGrant), string(RulingModify), string(RulingDeny)},
	QComply:                {"comply", "challenge", "keep-silent"},
	QConsultation:          {"accept", "decline"},
	QSecrecyImpossible:     {"go-on", "withdraw"},
	QNeedEnds:              {"tell", "keep-silent"},
	QBreach:                {"tell", "keep-silent"},
	QTrial:                 {"admit", "exclude"},
	QShare:                 {"send", "keep-back"},
	QContactTell:           {"preserved", "told", "declined"},
	QDisclose:              {"disclose", "check-first", "decline"},
	QPassOn:                {"pass-on", "ask-first", "keep-back"},
	QReview:                {"finding", "no-finding"},
	QRetention:             {"keep", "delete"},
	QObject:                {"object", "let-pass"},
	QObjectResidence:       {"object", "let-pass"},
	QObjectHost:            {"object", "let-pass"},
}
