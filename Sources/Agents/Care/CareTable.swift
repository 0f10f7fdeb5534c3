/// The wordings by which a message is known to come from somebody in need, and what only sounds so.
enum CareTable {
    static let wordings = Wordings<CareKind>(
        [(.english, english), (.english, englishDanger), (.german, german), (.french, french), (.spanish, spanish)])
}
