using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Domain.Tests.Matching;

/// <summary>
/// A match keeps its score and the version of the model that gave it, and is reopened when a later score of the same version differs by enough (handbook rule 8). Whoever
/// changes how names are read or weighed gives the model another version, and these scores with it.
/// </summary>
public class MatchModelTests
{
    private const string Version = "2026-11-25.2";

    private static readonly NameComparer comparer = new(MatchModel.Current.Names);

    [Theory]
    [InlineData("Karim Nuri", "Karim Nuri", 4.612)]
    [InlineData("Karim Nuri", "Kareem Noori", 4.612)]
    [InlineData("Karim Nuri", "كريم نوري", 4.381)]
    [InlineData("Karim", "Karim", 2.306)]
    [InlineData("Karim", "Karima", 0.769)]
    [InlineData("Karim Nuri", "Nuri Karim", 4.612)]
    [InlineData("Karim Nuri", "Karim", 2.157)]
    [InlineData("Karim Nuri", "Nuri", 0.695)]
    [InlineData("Karim Nuri", "Karim Hussein", -4.135)]
    [InlineData("Karim Nuri", "Salim Nuri", -2.351)]
    [InlineData("Karim Nuri", "Salim Hussein", -8.770)]
    [InlineData("Karim Ahmad Nuri", "Karim Nuri", 4.463)]
    [InlineData("Karim Ahmad Nuri", "Ahmad Nuri", 3.001)]
    [InlineData("Karim Ahmad Hussein Nuri", "Nuri Hussein Karim", 6.769)]
    [InlineData("Karim Ahmad Hussein Nuri Tamimi", "Karim Tamimi", 4.165)]
    [InlineData("Karim Ahmad Hussein Nuri Tamimi", "Salim Ahmad Hussein Nuri Tamimi", 3.414)]
    [InlineData("Gebremariam Tesfay", "Gebre Mariam Tesfay", 4.282)]
    [InlineData("Gebre Mariam Tesfay", "Tesfay Gebremariam Haile", 4.133)]
    [InlineData("Mohammadreza Karimi", "Mohammad Reza Karimi", 4.218)]
    [InlineData("Mohammad Reza Karimi", "Reza Mohammad Karimi", 6.918)]
    [InlineData("K. Nuri", "Karim Nuri", 2.652)]
    [InlineData("K. Nuri", "Salim Nuri", -0.271)]
    [InlineData("Karim N.", "Karim Nuri", 2.652)]
    [InlineData("K. A. Nuri", "Karim Ahmad Nuri", 2.998)]
    [InlineData("Haji Karim Nuri", "Karim Nuri", 4.567)]
    [InlineData("Haji Karim Nuri", "Haji Karim Nuri", 5.304)]
    [InlineData("Karim bin Nuri", "Karim Nuri", 4.590)]
    [InlineData("Dr Karim", "Karim", 2.261)]
    [InlineData("Ivan Petrovich Sidorov", "Ivan Sidorov", 4.552)]
    [InlineData("Ivan Petrovich Sidorov", "Ivan Pavlovich Sidorov", 4.493)]
    [InlineData("Ольга Петренко", "Petrenko Olha", 4.269)]
    [InlineData("Robert Miller", "Bob Miller", 3.210)]
    [InlineData("Robert Miller", "Rob Miller", 3.210)]
    [InlineData("Robert Miller", "Richard Miller", -2.188)]
    [InlineData("Nguyễn Văn Hùng", "Nguyen Van Hung", 3.920)]
    [InlineData("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", -2.037)]
    [InlineData("Nguyễn Văn Hùng", "Nguyễn Văn Hung", -2.037)]
    [InlineData("Trần Thị Hoà", "Trần Thị Hoả", -1.576)]
    [InlineData("Trần Thị Hoà", "Tran Thi Hoa", 4.381)]
    [InlineData("Trần Lan", "Trần Lân", -2.268)]
    [InlineData("Nguyen Vantinh", "Nguyen Van Tinh", 3.920)]
    [InlineData("Nguyen Lan", "Lan Nguyen", 3.228)]
    [InlineData("Nguyen Van Phuc", "Nguyen Van", 0.003)]
    [InlineData("Abdul Karim Nuri", "Abdulkarim Nuri", 4.612)]
    [InlineData("Abdul Mansouri", "Abdulaziz Mansouri", 2.593)]
    [InlineData("Abdul Mansouri", "Abdulmansouri", 1.915)]
    [InlineData("Abu Ahmad", "Ahmad", -2.264)]
    [InlineData("Al-Hassan Karim", "Hassan Karim", 4.612)]
    [InlineData("Almansour Karim", "Mansour Karim", 4.612)]
    [InlineData("Azizul Haque", "Aziz ul-Haq", 3.625)]
    [InlineData("Tirhas Hailu", "Tihras Hailu", 3.391)]
    [InlineData("Karim Nuri", "KarimN uri", 4.612)]
    [InlineData("KARIM NURI", "KARI MNURI", 4.046)]
    [InlineData("DAUD SALIM", "DAU DSALIH NURI", -7.075)]
    [InlineData("Khalid Rebwar", "Xalid Rêbwar", 4.219)]
    [InlineData("Hoxha Agim", "Hodza Agim", 3.089)]
    [InlineData("Müller Jan", "Mueller Jan", 3.056)]
    [InlineData("Zahra Ahmadi", "Boris Kovtun", -9.611)]
    [InlineData("A. Xhavit Nur", "Eleni Xhavit", -4.157)]
    [InlineData("Fatima Zahra Karimi", "Fatemeh Zahra Karimi", 6.151)]
    [InlineData("ተስፋይ ገብረ", "Tesfay Gebre", 3.121)]
    [InlineData("ተስፋይ ገብረ", "Almaz Gebre", -5.290)]
    [InlineData("எஸ். குமார்", "S. Kumar", 2.652)]
    [InlineData("Shevchenko Taras", "Шевченко Тарас", 4.612)]
    [InlineData("Ng Wei", "Wei Ng", 4.612)]
    [InlineData("Mohammad", "محمد", 0.404)]
    [InlineData("Mohd Zaman", "Mohammad Zaman", 2.640)]
    [InlineData("Jan Jan Karim", "Jan Karim", 4.463)]
    [InlineData("Tesfay Gebre Mariam", "Gebremariam Tesfay", 4.282)]
    [InlineData("Haile Tesfay Gebre Mariam", "Tesfay Gebremariam", 2.671)]
    [InlineData("Haile Gebre Mariam Tesfay", "Gebremariam Haile", 4.133)]
    [InlineData("Gebremariam Haileselassie", "Gebre Mariam Haile Selassie", 3.942)]
    [InlineData("Gebremariam Haileselassie", "Haile Selassie Gebre Mariam", 3.942)]
    [InlineData("Gebre Mariam", "Gebremariam", 1.976)]
    [InlineData("Gebre Mariam Haile", "Gebremariam Tesfay", -4.465)]
    [InlineData("Sara Gebre Mariam Tesfay", "Sara Gebremariam Almaz Tesfay", 6.439)]
    [InlineData("Sara Gebremariam Almaz", "Tesfay Sara Gebre Mariam", -2.159)]
    [InlineData("Sara KarimN uri", "Sara Karim Nuri", 6.918)]
    [InlineData("Sara KARI MNURI", "Nuri Karim Sara", -2.333)]
    [InlineData("Ali KARI MNURI Tamimi", "Ali Karim Nuri Tamimi", 7.788)]
    [InlineData("Karim Ennouri", "Karim Nouri", 4.612)]
    [InlineData("Karim Errachid", "Karim Rachid", 4.612)]
    [InlineData("Karim Eddine", "Karim Dine", 4.612)]
    [InlineData("Karim Azzedine", "Karim Zedine", 4.612)]
    [InlineData("Karim Essadi", "Karim Sadi", 4.612)]
    [InlineData("Karim Ettaieb", "Karim Taieb", 4.612)]
    [InlineData("Karim Attaieb", "Karim Taieb", 4.612)]
    [InlineData("Karim Ommara", "Karim Mara", 2.499)]
    [InlineData("Karim Ellali", "Karim Lali", 4.612)]
    [InlineData("Karim Emmour", "Karim Mour", 3.267)]
    [InlineData("Karim Attia", "Karim Tia", 4.019)]
    [InlineData("Karim Ezzat", "Karim Zat", 3.267)]
    [InlineData("Karim Etnouri", "Karim Nouri", -1.075)]
    [InlineData("Karim Almansour", "Karim Mansour", 4.612)]
    [InlineData("Karim Alkar", "Karim Kar", -1.647)]
    [InlineData("J. K. Nuri", "Karim Jamal Nuri", 2.998)]
    [InlineData("J. Nuri", "Nuri Jamal Karim", 2.503)]
    [InlineData("Karim Nuri Hussein Ahmad Tahir", "Tahir Nuri", 2.703)]
    [InlineData("Karim Nuri Hussein Ahmad Tahir", "Tahir Ahmad Hussein Nuri Karim", 9.224)]
    [InlineData("Novaková Jana", "Novak Jana", 4.612)]
    [InlineData("Nováková Jana", "Novák Jana", 4.612)]
    [InlineData("Ivanova Olga", "Ivanov Olga", 4.024)]
    [InlineData("Иванова Ольга", "Иванов Олег", -0.986)]
    [InlineData("Karim von Berg", "Karim Berg", 4.590)]
    [InlineData("Karim Berg", "Berg von Karim", 4.590)]
    [InlineData("Nguyen Thi Lan", "Nguyen Lan", 3.079)]
    [InlineData("Nguyen Van Lan", "Nguyen Thi Lan", -3.213)]
    [InlineData("Lê Văn Tám", "Le Van Tam", 4.381)]
    [InlineData("Lê Van Tám", "Lê Văn Tâm", -5.488)]
    [InlineData("Pham Lan", "Phạm Lan", 3.690)]
    [InlineData("Phạm Lan", "Phàm Lan", -1.346)]
    [InlineData("Đặng Lan", "Dang Lan", 3.690)]
    [InlineData("Abdul Nuri", "Karim Nuri", -0.271)]
    [InlineData("Abu Karim Nuri", "Abu Karim", 2.157)]
    public void Under_one_version_two_names_have_one_score(string a, string b, double expected)
    {
        Assert.Equal(Version, MatchModel.Current.Version);
        Assert.Equal(expected, comparer.Compare(NameForm.Read(a), NameForm.Read(b)).Total, 0.005);
        Assert.Equal(expected, comparer.Compare(NameForm.Read(b), NameForm.Read(a)).Total, 0.005);
    }

    /// <summary>Handbook §7: frequent names weigh little. Nothing but the name is known here.</summary>
    [Theory]
    [InlineData("Mohammad", "Mohammad", -3.195)]
    [InlineData("Mohammad Ahmad", "Mohammad Ahmad", -2.250)]
    [InlineData("Karim Nuri", "Karim Nuri", -0.768)]
    [InlineData("Nguyen Van Hung", "Nguyen Van Hung", 1.218)]
    [InlineData("Rebwar Zangana", "Rebwar Zangana", 2.545)]
    [InlineData("Karim Zangana", "Karim", -2.557)]
    [InlineData("Mohammad Zangana", "Ahmad Zangana", -3.685)]
    [InlineData("Rebwar Zangana", "Rebwar Ali", -6.236)]
    public void Under_one_version_two_persons_have_one_score(string a, string b, double expected)
    {
        Assert.Equal(Version, MatchModel.Current.Version);
        Assert.Equal(expected, new PersonMatcher(MatchModel.Current).Score(PersonMatchingTests.Person(a), PersonMatchingTests.Person(b)).LogOdds, 0.005);
    }

    /// <summary>Each side as name; father; mother; place; relatives. The last column says whether it is shown as a probable brother or sister.</summary>
    [Theory]
    [InlineData("Karim Tahir;Tahir;Nafisa;Basra;Zarghuna,Rebwar", "Karim Tahir;Tahir;Nafisa;Basra;Rebwar,Zarghuna", 12.177, false)]
    [InlineData("Karim Tahir;Tahir;;;", "Karim Tahir;;;;", -0.147, false)]
    [InlineData("Karim;Tahir;;;", "Karim Tahir;;;;", -1.024, false)]
    [InlineData("Karim;Tahir;;;", "Karim;Tahir;;;", -0.224, false)]
    [InlineData("Karim;Tahir;;;", "Karim;Taher;;;", -0.438, false)]
    [InlineData("Karim;Tahir;;;", "Karim;Tahrir;;;", -4.778, false)]
    [InlineData("Karim Nuri;Mohammad;Maryam;;", "Karim Nuri;Mohammad;Maryam;;", 2.874, false)]
    [InlineData("Karim Nuri;Mohammad;Maryam;;", "Karim Nuri;Ahmad;Fatima;;", -6.460, false)]
    [InlineData("Salim Nuri;Tahir;Nafisa;Basra;Zarghuna", "Rebwar Nuri;Tahir;Nafisa;Basra;Zarghuna", -4.386, true)]
    [InlineData("Salim Tahir;Tahir;;;", "Rebwar Tahir;Tahir;;;", -8.393, true)]
    [InlineData("Tahir Salim;Tahir;;;", "Tahir Rebwar;Tahir;;;", -8.393, true)]
    [InlineData("Salim Tahir Nuri;Tahir;;;", "Rebwar Tahir;;;;", -8.605, true)]
    [InlineData("Salim Tahir;;;;", "Rebwar Tahir;Tahir;;;", -8.393, true)]
    [InlineData("Salim Hamid Tahir;Tahir;;;", "Rebwar Hamid Tahir;Tahir;;;", -7.447, true)]
    [InlineData("Karim Nuri;;;;Rebwar,Zarghuna", "Rebwar Nuri;;;;Karim,Zarghuna", -14.289, false)]
    [InlineData("Karim Nuri;;;;Rebwar", "Karim Rebwar;;;;", -10.448, false)]
    [InlineData("Karim Nuri;;;;Rebwar", "Rebwar Nuri;;;;", -12.281, false)]
    [InlineData("Karim Tahir;Tahir;;;Tahir", "Salim Tahir;;;;Karim", -11.542, true)]
    [InlineData("Karim;Tahir;;;", "Karim;;;;Tahir,Rebwar", -2.373, false)]
    [InlineData("Karim;;Nafisa;;", "Karim;;;;Nafisa", -1.819, false)]
    [InlineData("Karim;;;;Zarghuna,Rebwar,Tahir", "Karim;;;;Tahir,Sabri", -0.432, false)]
    [InlineData("Karim;;;;Zarghuna,Zarghun", "Karim;;;;Zarghuna", 1.852, false)]
    [InlineData("Karim;;;Deh Zarghun;", "Karim;;;Deh Zargun;", -0.672, false)]
    [InlineData("Karim;;;Deh Zarghun;", "Karim;;;Zarghunabad;", -3.019, false)]
    [InlineData(";Tahir;;Basra;", ";Tahir;;Basra;", -0.349, false)]
    [InlineData(";Tahir;;;", "Karim Tahir;;;;", -2.608, false)]
    public void Under_one_version_two_persons_and_their_families_have_one_score(string a, string b, double expected, bool sibling)
    {
        var (score, turned) = (new PersonMatcher(MatchModel.Current).Score(Person(a), Person(b)), new PersonMatcher(MatchModel.Current).Score(Person(b), Person(a)));

        Assert.Equal(Version, MatchModel.Current.Version);
        Assert.Equal(expected, score.LogOdds, 0.005);
        Assert.Equal(expected, turned.LogOdds, 0.005);
        Assert.Equal((sibling, sibling), (score.ProbablySibling, turned.ProbablySibling));

        static Domain.Matching.Persons.PersonForm Person(string text)
        {
            var words = text.Split(';').Select(word => word.Length == 0 ? null : word).ToArray();
            return PersonMatchingTests.Person(words[0] ?? "", words[1], words[2], place: words[3], relatives: words[4]?.Split(','));
        }
    }
}
