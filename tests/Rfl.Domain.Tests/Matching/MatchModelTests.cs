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
    public void Under_one_version_two_names_have_one_score(string a, string b, double expected)
    {
        Assert.Equal(Version, MatchModel.Current.Version);
        Assert.Equal(expected, comparer.Compare(NameForm.Read(a), NameForm.Read(b)).Total, 0.005);
        Assert.Equal(expected, comparer.Compare(NameForm.Read(b), NameForm.Read(a)).Total, 0.005);
    }
}
