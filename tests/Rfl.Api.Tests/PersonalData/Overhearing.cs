using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Rfl.Testing.Secrecy;

namespace Rfl.Api.Tests.PersonalData;

/// <summary>Stands before the application and notes every body that it reads, changing nothing of how it reads.</summary>
internal sealed class Overhearing(PersonalStrings strings) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, application) =>
        {
            using var heard = new MemoryStream();
            context.Request.Body = new Copying(context.Request.Body, heard);
            try
            {
                await application();
            }
            finally
            {
                strings.Collect(heard.GetBuffer().AsMemory(0, (int)heard.Length));
            }
        });
        next(app);
    };

    private sealed class Copying(Stream body, MemoryStream copy) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            copy.Write(buffer.Span[..read]);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = body.Read(buffer, offset, count);
            copy.Write(buffer, offset, read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
