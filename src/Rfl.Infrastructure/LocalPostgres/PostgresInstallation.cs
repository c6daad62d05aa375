namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>Makes sure that a PostgreSQL server is installed, by Debian's package where there is none and it may be installed.</summary>
public static class PostgresInstallation
{
    /// <summary>Keeps Debian's package from making and starting a cluster of its own, which nobody asked for.</summary>
    private const string NoSystemCluster =
        """
        folder=/etc/postgresql-common/createcluster.d
        mkdir -p $folder && echo 'create_main_cluster = false' > $folder/rfl.conf
        apt-get update -q && apt-get install -q -y --no-install-recommends postgresql
        outcome=$?
        rm -f $folder/rfl.conf
        exit $outcome
        """;

    /// <summary>The binaries to use for a new cluster, or for an existing one of <paramref name="majorVersion"/>.</summary>
    /// <param name="majorVersion">The version that made the cluster; null for a new one.</param>
    /// <param name="tell">Receives a line for the user before something that takes minutes.</param>
    /// <exception cref="LocalPostgresException">None is installed and none may be installed; the message says what to type.</exception>
    public static async Task<PostgresBinaries> EnsureAsync(int? majorVersion = null, Action<string>? tell = null)
    {
        if (await PostgresBinaries.FindAsync(majorVersion) is { } found)
            return found;
        if (majorVersion is not null)
            throw new LocalPostgresException(MissingVersion(majorVersion.Value));
        var outcome = "";
        if (await InstallerAsync() is { } installer)
        {
            tell?.Invoke("No PostgreSQL server found; installing Debian's package 'postgresql'. This takes a minute or two.");
            var result = await ExternalProgram.RunAsync(
                installer[0],
                installer[1..],
                environment: new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" });
            if (await PostgresBinaries.FindAsync() is { } installed)
                return installed;
            outcome = $"{Environment.NewLine}Installing it did not work:{Environment.NewLine}{result.Output.Trim()}";
        }

        throw new LocalPostgresException(
            $"""
            RFL needs PostgreSQL {PostgresBinaries.OldestSupported} or later and found none installed. Type:
                sudo apt-get update && sudo apt-get install -y postgresql
            or name a database of your own:
                export ConnectionStrings__Rfl='Host=…;Database=rfl;Username=…;Password=…'{outcome}
            """);
    }

    private static string MissingVersion(int version) =>
        $"""
        The data folder was made by PostgreSQL {version}, which is no longer installed. Type:
            sudo apt-get install -y postgresql-{version}
        or carry the data over to a newer version with pg_dumpall (see PostgreSQL's manual, "Upgrading a PostgreSQL Cluster").
        """;

    /// <summary>The command that installs without asking: as root, or by sudo without a password; null where there is none.</summary>
    private static async Task<string[]?> InstallerAsync()
    {
        if (!(await ExternalProgram.RunAsync("apt-get", ["--version"])).Succeeded)
            return null;
        string[] install = ["sh", "-c", NoSystemCluster];
        if (Environment.IsPrivilegedProcess)
            return install;
        return (await ExternalProgram.RunAsync("sudo", ["-n", "true"])).Succeeded
            ? ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", .. install]
            : null;
    }
}
