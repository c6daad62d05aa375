using MediatR;

namespace Rfl.Api.Pipeline;

/// <summary>Something to be done; answered by an <see cref="Outcome"/>. Says with an attribute who may send it: see <see cref="AllowedForAttribute"/>.</summary>
public interface ICommand : IRequest<Outcome>;

/// <summary>Something to be read; answered by a <see cref="QueryOutcome{T}"/>. Says with an attribute who may send it, as a command does.</summary>
public interface IQuery<T> : IRequest<QueryOutcome<T>>;

/// <summary>Carries out one command: load, decide, append.</summary>
public interface ICommandHandler<in TCommand> : IRequestHandler<TCommand, Outcome>
    where TCommand : ICommand;

/// <summary>Answers one query.</summary>
public interface IQueryHandler<in TQuery, T> : IRequestHandler<TQuery, QueryOutcome<T>>
    where TQuery : IQuery<T>;
