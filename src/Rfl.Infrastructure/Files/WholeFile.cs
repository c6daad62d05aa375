using System.Runtime.InteropServices;

namespace Rfl.Infrastructure.Files;

/// <summary>
/// Makes a file whole or not at all, readable by its owner only. When several processes make the same one at once, the first one's stays: a key that another
/// process has already used must never be replaced.
/// </summary>
public static partial class WholeFile
{
    private const int AlreadyExists = 17; // EEXIST

    /// <returns>False where the file was there already; it is left as it is.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            // A hard link is refused where the name is taken, in one step; a rename would replace what is there, and File.Move only looks before it renames.
            if (Link(draft, path) == 0)
                return true;
            return Marshal.GetLastPInvokeError() == AlreadyExists
                ? false
                : throw new IOException($"{path} cannot be made: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string made);
}
